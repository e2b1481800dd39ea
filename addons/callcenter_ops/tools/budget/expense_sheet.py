"""Reading expenses from the rows of a table. Pure Python: rows in, entries out."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..imports.cell_values import (
    CellError,
    guess_decimal_mark,
    parse_day,
    parse_signed_amount,
    settle_amount,
)
from ..imports.table_reader import TableRow, read_content

# What users write above their columns, in lower case.
HEADINGS = {
    "date": ("date", "дата"),
    "item": ("item", "cost item", "статья", "статья затрат"),
    "amount": ("amount", "sum", "сумма"),
    "currency": ("currency", "валюта"),
    "supplier": ("supplier", "vendor", "поставщик"),
    "document": ("document", "bill", "документ", "счёт", "счет"),
    "document_row": ("row", "document row", "строка", "строка документа"),
    "refund": ("refund", "возврат"),
    "note": ("note", "примечание", "комментарий"),
}
# Read while somebody waits: a year of expenses, and what a workbook adds around it.
MAX_UNPACKED = 8 << 20
MAX_ROWS = 10_000
# Titles stand above the names of the columns; no more rows than these.
_HEADING_ROWS = 20
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
REQUIRED = ("date", "item", "amount")
_YES = {"yes", "y", "true", "1", "да", "+"}


class SheetError(Exception):
    """The sheet or a row cannot be read; ``code`` says why, ``value`` what stood there.

    Codes: no_heading, empty, bad_date, bad_amount, not_positive, bad_row.
    """

    def __init__(self, code, value=""):
        super().__init__(f"{code}: {value}")
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Entry:
    """One readable row; ``line`` is its number in the file."""

    line: int
    date: date
    item: str
    amount: Decimal
    currency: str
    supplier: str
    document: str
    document_row: int
    is_refund: bool
    note: str
    key: str


def read_rows(content):
    """Rows of a file: a list of ``TableRow``, the names of the columns among them.

    :param content: bytes of a CSV, XLSX, XLS or ODS file
    :raise TableError: when it cannot be read, or is larger than expenses are
    """
    return read_content(content, MAX_UNPACKED, MAX_ROWS + _HEADING_ROWS)


def find_columns(heading):
    """``{field: position}`` of the columns that a row names.

    :raise SheetError: no_heading, a needed column is missing
    """
    columns = _name_columns(heading)
    for name in REQUIRED:
        if name not in columns:
            raise SheetError("no_heading", name)
    return columns


def _name_columns(heading):
    known = {text: name for name, texts in HEADINGS.items() for text in texts}
    columns = {}
    for position, text in enumerate(heading):
        name = known.get(_clean(text).lower().rstrip("."))
        if name:
            columns.setdefault(name, position)
    return columns


def read_entries(rows):
    """Entries and errors of a table; a title may stand above the names of its columns.

    Equal rows without a document are told apart by their count, so the same file
    always gives the same keys.

    :param rows: list of ``TableRow``
    :return: ``(list of Entry, list of (line, SheetError))``; empty rows are skipped
    :raise SheetError: no_heading
    """
    start, columns = _find_heading(rows)
    lines = [
        (row.line, {name: _cell(row, position) for name, position in columns.items()})
        for row in rows[start + 1 :]
    ]
    mark = guess_decimal_mark(cells["amount"] for _line, cells in lines)
    entries, errors, seen = [], [], Counter()
    for line, cells in lines:
        if not any(map(_clean, cells.values())):
            continue
        try:
            entries.append(_read_row(line, cells, seen, mark))
        except SheetError as error:
            errors.append((line, error))
    return entries, errors


def _find_heading(rows):
    """``(index of the row that names most columns, those columns)``."""
    first = rows[:_HEADING_ROWS] or [TableRow(1, ())]
    named = [len(_name_columns(row.cells)) for row in first]
    start = named.index(max(named))
    return start, find_columns(first[start].cells)


def document_key(supplier, reference, day, item, row):
    """What makes a row of a document itself, whatever the spelling of its number."""
    number = " ".join(str(reference).lower().split())
    return "|".join(str(part) for part in (supplier, number, day, item, row))


def _read_row(line, cells, seen, mark):
    amount = _read_amount(cells["amount"], mark)
    item = _clean(cells["item"])
    if not item:
        raise SheetError("empty", "item")
    return Entry(
        line=line,
        date=_read_date(cells["date"]),
        item=item,
        amount=abs(amount),
        currency=_clean(cells.get("currency", "")).upper(),
        supplier=_clean(cells.get("supplier", "")),
        document=_clean(cells.get("document", "")),
        document_row=_read_document_row(cells.get("document_row", "")),
        is_refund=amount < 0 or _clean(cells.get("refund", "")).lower() in _YES,
        note=_clean(cells.get("note", "")),
        key=_make_key(cells, seen),
    )


def _make_key(cells, seen):
    """What tells the row from all others, by what stands in it."""
    content = [_clean(cells.get(name, "")) for name in HEADINGS]
    if _DAY.fullmatch(content[0]):
        # As the keys of rows have it that were entered by the reader of before.
        content[0] += " 00:00:00"
    content = tuple(content)
    seen[content] += 1
    digest = hashlib.sha256(repr((content, seen[content])).encode()).hexdigest()
    return f"import|{digest}"


def _read_amount(text, mark):
    """Amount as ``Decimal``; below zero it is a refund."""
    try:
        amount = parse_signed_amount(settle_amount(text, mark))
    except CellError as error:
        raise SheetError("bad_amount", error.text) from None
    amount = amount.quantize(Decimal("0.01"))
    if not amount:
        raise SheetError("not_positive", text)
    return amount


def _read_date(text):
    try:
        return parse_day(text)
    except CellError as error:
        raise SheetError("bad_date", error.text) from None


def _read_document_row(text):
    text = _clean(text)
    if not text:
        return 1
    if not re.fullmatch(r"\d{1,6}(\.0)?", text):
        raise SheetError("bad_row", text)
    return int(float(text))


def _cell(row, position):
    return row.cells[position] if position < len(row.cells) else ""


def _clean(text):
    return " ".join(text.split())
