"""Rows of a goods catalogue: cleaned and checked."""

import re

from .cell_values import CellError, check_code, check_text, parse_amount
from .row_problems import ParsedRow

_LENGTHS = {
    "default_code": 64,
    "name": 250,
    "category": 250,
    "description_sale": 4000,
}
_PATH = re.compile(r"\s*[/>\\]\s*")
_VALUES = re.compile(r"\s*[|;]\s*")
_EAN_LENGTHS = (8, 12, 13, 14)
_MAX_ATTRIBUTE = 120


def parse_product(line, cells, attributes):
    """A row of goods.

    :param cells: texts by target column
    :param attributes: list of ``(attribute name, cell)``
    :return: ``ParsedRow`` with ``list_price`` and ``standard_price`` in Decimal,
        ``category`` as a tuple from the root down, ``attributes`` as a dict of
        name to list of values
    """
    row = ParsedRow(line)
    for target, length in _LENGTHS.items():
        check = check_code if target == "default_code" else check_text
        _read(row, target, cells.get(target, ""), check, length)
    for target in ("list_price", "standard_price"):
        _read(row, target, cells.get(target, ""), parse_amount)
    _read(row, "barcode", cells.get("barcode", ""), _check_barcode)
    _read_attributes(row, attributes)
    _read_category(row)
    if row.is_loadable:
        _require_keys(row)
    return row


def _read(row, target, text, check, *args):
    if not text.strip():
        return
    try:
        value = check(text, *args)
    except CellError as error:
        row.add(error.code, target, error.text)
    else:
        if value != "":
            row.values[target] = value


def _check_barcode(text):
    """A barcode of digits has its check digit verified; ``bad_barcode``."""
    code = check_code(text, 60).replace(" ", "")
    if code.isdigit() and (len(code) not in _EAN_LENGTHS or not _has_check(code)):
        raise CellError("bad_barcode", text)
    return code


def _has_check(code):
    """GS1 check digit: weights 3 and 1 from the right."""
    digits = [int(digit) for digit in reversed(code)]
    weighed = sum(
        3 * digit if place % 2 else digit for place, digit in enumerate(digits)
    )
    return weighed % 10 == 0


def _read_attributes(row, attributes):
    values = {}
    for name, cell in attributes:
        if not cell.strip():
            continue
        try:
            name = check_text(name, _MAX_ATTRIBUTE)
            parts = _VALUES.split(check_text(cell, _MAX_ATTRIBUTE))
        except CellError as error:
            row.add(error.code, name, error.text)
            continue
        values.setdefault(name, []).extend(part for part in parts if part)
    row.values["attributes"] = {
        name: list(dict.fromkeys(parts)) for name, parts in values.items() if parts
    }


def _read_category(row):
    path = row.values.get("category")
    if path:
        row.values["category"] = tuple(part for part in _PATH.split(path) if part)


def _require_keys(row):
    if not row.values.get("name"):
        row.add("no_name", "name")
    elif not row.values.get("default_code") and not row.values.get("barcode"):
        row.add("no_code", "default_code")
