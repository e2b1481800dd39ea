"""Fingerprint of what a paper says: plain Python, no database."""

import hashlib
import json


def content_hash(content):
    """SHA-256, in hexadecimal, of a structure of texts, numbers and lists.

    Keys are sorted and no blank stands between the parts, so that the same content
    gives the same hash on every machine.
    """
    canonical = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
