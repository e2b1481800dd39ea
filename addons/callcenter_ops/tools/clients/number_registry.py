"""The public registry of number ranges, as CSV: АВС/DEF; От; До; …; Регион."""

import csv
import re
from dataclasses import dataclass

_COLUMNS = {
    "code": ("авс/def", "авс/ def", "abc/def", "abc/ def", "код"),
    "first": ("от", "from"),
    "last": ("до", "to"),
    "provider": ("оператор", "provider"),
    "region": ("регион", "region"),
}
_SOFT = re.compile(
    r"\b(область|обл|край|республика|респ|автономный|округ|ао|г|город)\b\.?"
)


@dataclass(frozen=True)
class RegistryRow:
    """One range: ten-digit bounds, the region as written, or what is wrong."""

    line: int
    number_from: str = ""
    number_to: str = ""
    region: str = ""
    provider: str = ""
    problem: str = ""


def read_registry(stream):
    """Rows of the registry, bad ones with their problem and line number.

    :param stream: text lines, the first one the header
    :raise ValueError: the header lacks a needed column
    """
    reader = csv.reader(stream, delimiter=";")
    places = _find_columns(next(reader, []))
    for line, cells in enumerate(reader, 2):
        if any(cell.strip() for cell in cells):
            yield _read_row(line, cells, places)


def region_key(text):
    """A region's name without kind, case and place: «г. Уфа|Республика
    Башкортостан» and «Башкортостан Респ.» give one key.
    """
    last = (text or "").split("|")[-1].lower().replace("ё", "е")
    last = _SOFT.sub(" ", re.sub(r"[.,«»\"()]", " ", last))
    return " ".join(sorted(re.sub(r"[-–—]", " ", last).split()))


def _find_columns(header):
    names = [name.strip().lower().lstrip("\ufeff") for name in header]
    places = {
        key: next((names.index(name) for name in options if name in names), None)
        for key, options in _COLUMNS.items()
    }
    missing = [
        key for key in ("code", "first", "last", "region") if places[key] is None
    ]
    if missing:
        raise ValueError(", ".join(_COLUMNS[key][0] for key in missing))
    return places


def _read_row(line, cells, places):
    def cell(key):
        place = places[key]
        return cells[place].strip() if place is not None and place < len(cells) else ""

    code, first, last = cell("code"), cell("first"), cell("last")
    bounds = code + first.zfill(7), code + last.zfill(7)
    if not all(bound.isdigit() and len(bound) == 10 for bound in bounds):
        return RegistryRow(line, problem="digits")
    if bounds[0] > bounds[1]:
        return RegistryRow(line, problem="order")
    return RegistryRow(line, *bounds, region=cell("region"), provider=cell("provider"))
