"""Values that a request can bring and the database cannot keep as they are."""

import re
from math import isfinite

# Half a character alone, as a JSON text may hold it: no encoding writes it.
_HALF = re.compile("[\ud800-\udfff]")


def is_keepable(value):
    """Whether a value has no NUL, no half of a character, no NaN and no infinity.

    :param value: text, number, list or dict of such, as a request brings them
    """
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or not _HALF.search(value))
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, dict):
        return all(map(is_keepable, (*value, *value.values())))
    if isinstance(value, (list, tuple)):
        return all(map(is_keepable, value))
    return True
