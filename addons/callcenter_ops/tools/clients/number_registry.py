"""The public registry of number ranges, as CSV: АВС/DEF; От; До; …; Регион; ….

Its newer editions name the region once more, in a column of territories that is
filled where the older one is not, and write each name in one way.
"""

import csv
import re
from dataclasses import dataclass

from .region_names import find_region_code

_COLUMNS = {
    "code": ("авс/def", "авс/ def", "abc/def", "abc/ def", "код"),
    "first": ("от", "from"),
    "last": ("до", "to"),
    "provider": ("оператор", "provider"),
    "region": ("регион", "region"),
    "territory": ("территория гар", "territory"),
}
_OPTIONAL = ("provider", "territory")
_SOFT = re.compile(
    r"\b(область|обл|край|республика|респ|автономный|округ|ао|г|город)\b\.?"
)
# «Город Москва, Московская область», «г. Москва * Московская область».
_JOINT = re.compile(r"\s*,\s*|\s+\*\s+|\s+и\s+")
# Numbers of the whole country: no region, see ``NumberRange._find_places``.
NATIONWIDE = "RU"
_NATIONWIDE_KEY = "российская федерация"
# Of a joint territory, the region that most of its people live in.
_SEATS = ("MOW", "SPE", "ARK", "CR")


@dataclass(frozen=True)
class RegistryRow:
    """One range: ten-digit bounds, the places as written, or what is wrong.

    ``places``: names of its region by the columns of the file, the clearest first.
    """

    line: int
    number_from: str = ""
    number_to: str = ""
    places: tuple = ()
    provider: str = ""
    problem: str = ""


@dataclass(frozen=True)
class PlanRow:
    """A range whose regions are known: their codes, the main one first."""

    line: int
    number_from: str
    number_to: str
    codes: tuple
    provider: str = ""


def read_registry(stream):
    """Rows of the registry, bad ones with their problem and line number.

    :param stream: text lines, the first one the header
    :raise ValueError: the header lacks a needed column
    """
    reader = csv.reader(stream, delimiter=";")
    columns = _find_columns(next(reader, []))
    for line, cells in enumerate(reader, 2):
        if any(cell.strip() for cell in cells):
            yield _read_row(line, cells, columns)


def find_codes(places, find=find_region_code):
    """Codes of the regions that a range belongs to, the main one first.

    The first of ``places`` that ``find`` knows wholly decides.

    >>> find_codes(("Московская область, Город Москва", "-"))
    ('MOW', 'MOS')
    """
    for place in places:
        codes = [_find_code(part, find) for part in _JOINT.split(_last_part(place))]
        if all(codes):
            return tuple(sorted(dict.fromkeys(codes), key=lambda c: c not in _SEATS))
    return ()


def region_key(text):
    """A region's name without kind, case and place: «г. Уфа|Республика
    Башкортостан» and «Башкортостан Респ.» give one key.
    """
    last = _last_part(text or "").lower().replace("ё", "е")
    last = _SOFT.sub(" ", re.sub(r"[.,«»\"()/]", " ", last))
    return " ".join(sorted(re.sub(r"[-–—]", " ", last).split()))


def _last_part(place):
    """The region of «town|district|region»."""
    return place.split("|")[-1].strip()


def _find_code(part, find):
    if part.lower() == _NATIONWIDE_KEY:
        return NATIONWIDE
    return find(part)


def _find_columns(header):
    names = [name.strip().lower().lstrip("\ufeff") for name in header]
    columns = {
        key: next((names.index(name) for name in options if name in names), None)
        for key, options in _COLUMNS.items()
    }
    missing = [
        key
        for key, column in columns.items()
        if column is None and key not in _OPTIONAL
    ]
    if missing:
        raise ValueError(", ".join(_COLUMNS[key][0] for key in missing))
    return columns


def _read_row(line, cells, columns):
    def cell(key):
        column = columns[key]
        known = column is not None and column < len(cells)
        return cells[column].strip() if known else ""

    code, first, last = cell("code"), cell("first"), cell("last")
    bounds = code + first.zfill(7), code + last.zfill(7)
    if not all(bound.isdigit() and len(bound) == 10 for bound in bounds):
        return RegistryRow(line, problem="digits")
    if bounds[0] > bounds[1]:
        return RegistryRow(line, problem="order")
    places = tuple(filter(None, (cell("territory"), cell("region"))))
    return RegistryRow(line, *bounds, places=places, provider=cell("provider"))
