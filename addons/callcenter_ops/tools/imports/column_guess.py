"""Which column of a table is which, guessed from its header."""

import re
from dataclasses import dataclass

# Titles, days and names of reports stand above a header; no more lines than these.
HEADER_LINES = 20
# Columns of address books that tell what the column beside them is.
_SERVICE = re.compile(r"- (?:type|label|тип|ярлык)$")


@dataclass(frozen=True)
class Header:
    """``names`` of the columns from rows ``start`` to ``start + height``."""

    start: int
    height: int
    names: tuple


def guess_columns(headers, words, repeated=None, labels=None):
    """The target of each header, an empty text where nothing fits.

    A target is given once, to the column that fits it first.

    :param labels: ``{label: target}`` of headers that are called as the target is
    :param words: ``(target, pattern)``; the first that fits wins, so longer and rarer
        words stand first
    :param repeated: ``(target, pattern)`` that many columns may go to, tried last
    """
    named = {_plain(label): target for label, target in (labels or {}).items()}
    exact = [named.pop(_plain(header), "") for header in headers]
    taken = set(exact)
    return [
        target or _guess(header, words, repeated, taken)
        for target, header in zip(exact, headers, strict=True)
    ]


def find_header(rows, words, repeated=None):
    """The ``Header`` that names most columns; none where no row looks like one.

    A title may stand above it, and it may take two rows.

    :param rows: lists of texts, the first rows of the table
    """
    best, most = None, 0
    for header in _iter_headers(rows[:HEADER_LINES]):
        named = _count_named(header.names, words, repeated)
        if named > most:
            best, most = header, named
    return best


def join_header(rows):
    """Names of columns from the rows of a header: ``Contacts / Phone``."""
    if len(rows) == 1:
        return tuple(rows[0])
    width = max(map(len, rows))
    upper, lower = (list(row) + [""] * (width - len(row)) for row in rows[:2])
    names = []
    for place, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if not above.strip() and below.strip() and place:
            above = upper[place] = upper[place - 1]
        names.append(" / ".join(part for part in (above, below) if part.strip()))
    return tuple(names)


def _iter_headers(rows):
    """Every row that may be a header, then every two that may be one together."""
    plain = [not _holds_values(row) for row in rows]
    for start, row in enumerate(rows):
        if plain[start]:
            yield Header(start, 1, tuple(row))
    for start in range(len(rows) - 1):
        pair = rows[start : start + 2]
        if plain[start] and plain[start + 1] and _has_lower_names(*pair):
            yield Header(start, 2, join_header(pair))


def _has_lower_names(upper, lower):
    """Whether names of the lower row stand under one name of the upper row."""
    return sum(map(bool, upper)) > 1 and any(
        below.strip() and not (upper[place].strip() if place < len(upper) else "")
        for place, below in enumerate(lower)
    )


def _holds_values(cells):
    return any(sum(map(str.isdigit, cell)) > 4 for cell in cells)


def _count_named(cells, words, repeated):
    filled = [cell for cell in cells if cell.strip()]
    return sum(bool(target) for target in guess_columns(filled, words, repeated))


def _guess(header, words, repeated, taken):
    if _SERVICE.search(header.strip().lower()):
        return ""
    names = [_plain(name) for name in header.split(" / ")]
    # Of a header of two rows the lower one says more.
    target = _guess_name(names[-1], words, repeated, taken)
    if target or len(names) == 1:
        return target
    return _guess_name(" ".join(names), words, repeated, taken)


def _plain(name):
    return re.sub(r"[\s_*:]+", " ", name.lower().replace("ё", "е")).strip()


def _guess_name(plain, words, repeated, taken):
    if not plain:
        return ""
    for target, pattern in words:
        if target not in taken and re.search(pattern, plain):
            taken.add(target)
            return target
    if repeated and re.search(repeated[1], plain):
        return repeated[0]
    return ""
