"""The chain of sealed days: each seal holds the one before it."""

import hashlib


def seal_hash(previous, head, leaves):
    """SHA-256 of a day, in hexadecimal.

    The text that is hashed, so that it can be repeated without this program::

        <previous>|<table>|<company>|<first day>|<day>|<version>|<count>
        <id>:<leaf>      one line a row, ascending by id

    :param previous: hash of the seal before it, "" for the first
    :param head: tuple of what stands before the count
    :param leaves: dict row id -> hash of the row
    """
    digest = hashlib.sha256()
    first = "|".join(map(str, (previous, *head, len(leaves))))
    digest.update(first.encode())
    for row_id in sorted(leaves):
        digest.update(f"\n{row_id}:{leaves[row_id]}".encode())
    return digest.hexdigest()
