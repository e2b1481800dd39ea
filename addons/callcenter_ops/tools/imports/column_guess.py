"""Which column of a table is which, guessed from its header."""

import re


def guess_columns(headers, words, repeated=None):
    """The target of each header, an empty text where nothing fits.

    A target is given once, to the column that fits it first.

    :param words: ``(target, pattern)``; the first that fits wins, so longer and rarer
        words stand first
    :param repeated: ``(target, pattern)`` that many columns may go to, tried last
    """
    taken = set()
    return [_guess(header, words, repeated, taken) for header in headers]


def looks_like_header(cells, words, repeated=None):
    """Whether the first row names its columns rather than holding values."""
    filled = [cell for cell in cells if cell.strip()]
    named = sum(bool(target) for target in guess_columns(filled, words, repeated))
    valued = sum(sum(map(str.isdigit, cell)) > 4 for cell in filled)
    return bool(named) and not valued


def _guess(header, words, repeated, taken):
    plain = re.sub(r"[\s_*:]+", " ", header.lower().replace("ё", "е")).strip()
    if not plain:
        return ""
    for target, pattern in words:
        if target not in taken and re.search(pattern, plain):
            taken.add(target)
            return target
    if repeated and re.search(repeated[1], plain):
        return repeated[0]
    return ""
