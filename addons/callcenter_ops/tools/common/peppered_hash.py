"""What may be kept of a number or address that must not be known."""

import hashlib


def peppered_hash(text, pepper):
    """Hexadecimal SHA-256 by which ``text`` is known again, but never read.

    :param pepper: the database's secret: without it, all numbers could be tried
    """
    return hashlib.sha256(f"{pepper}{text}".encode()).hexdigest()
