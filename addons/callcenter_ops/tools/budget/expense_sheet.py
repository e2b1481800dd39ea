"""Reading expenses from the rows of a workbook. Pure Python: rows in, entries out."""

import hashlib
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

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
MAX_COLUMNS = 50
REQUIRED = ("date", "item", "amount")
_YES = {"yes", "y", "true", "1", "да", "+"}
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")


class SheetError(Exception):
    """The sheet or a row cannot be read; ``code`` says why, ``value`` what stood there.

    Codes: no_workbook, too_large, no_heading, empty, bad_date, bad_amount,
    not_positive, bad_row.
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


def open_rows(content):
    """Rows of the first sheet of an XLSX file, read one by one.

    :param content: bytes of the file
    :raise SheetError: no_workbook; too_large when it would unpack to over 8 MB
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise SheetError("too_large", unpacked)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError):
        raise SheetError("no_workbook") from None
    sheet = book.worksheets[0]
    # A sheet may state any size; only what is there is read, and no more than so much.
    sheet.reset_dimensions()
    return sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)


def find_columns(heading):
    """``{field: position}`` from the first row.

    :raise SheetError: no_heading, a needed column is missing
    """
    known = {text: name for name, texts in HEADINGS.items() for text in texts}
    columns = {}
    for position, text in enumerate(heading):
        name = known.get(_clean(text).lower().rstrip("."))
        if name:
            columns.setdefault(name, position)
    for name in REQUIRED:
        if name not in columns:
            raise SheetError("no_heading", name)
    return columns


def read_entries(rows):
    """Entries and errors of a sheet whose first row is the heading.

    Equal rows without a document are told apart by their count, so the same file
    always gives the same keys.

    :param rows: iterable of rows of cell values
    :return: ``(list of Entry, list of (line, SheetError))``; empty rows are skipped
    :raise SheetError: no_heading
    """
    rows = iter(rows)
    columns = find_columns(next(rows, ()))
    entries, errors, seen = [], [], Counter()
    for line, row in enumerate(rows, start=2):
        cells = {name: _cell(row, position) for name, position in columns.items()}
        if not any(_clean(value) for value in cells.values()):
            continue
        try:
            entries.append(_read_row(line, cells, seen))
        except SheetError as error:
            errors.append((line, error))
    return entries, errors


def document_key(supplier, reference, day, item, row):
    """What makes a row of a document itself, whatever the spelling of its number."""
    number = " ".join(str(reference).lower().split())
    return "|".join(str(part) for part in (supplier, number, day, item, row))


def _read_row(line, cells, seen):
    amount = _read_amount(cells["amount"])
    item = _clean(cells["item"])
    if not item:
        raise SheetError("empty", "item")
    content = tuple(_clean(cells.get(name)) for name in HEADINGS)
    seen[content] += 1
    digest = hashlib.sha256(repr((content, seen[content])).encode()).hexdigest()
    return Entry(
        line=line,
        date=_read_date(cells["date"]),
        item=item,
        amount=abs(amount),
        currency=_clean(cells.get("currency")).upper(),
        supplier=_clean(cells.get("supplier")),
        document=_clean(cells.get("document")),
        document_row=_read_document_row(cells.get("document_row")),
        is_refund=amount < 0 or _clean(cells.get("refund")).lower() in _YES,
        note=_clean(cells.get("note")),
        key=f"import|{digest}",
    )


def _read_amount(value):
    """Amount as ``Decimal``; blanks between thousands and a decimal comma are fine."""
    text = re.sub(r"[\s\u00a0\u202f]", "", str("" if value is None else value))
    text = re.sub(r"(?:₽|руб\.?|rub)$", "", text, flags=re.IGNORECASE)
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise SheetError("bad_amount", text) from None
    if not amount.is_finite():
        raise SheetError("bad_amount", text)
    amount = amount.quantize(Decimal("0.01"))
    if not amount:
        raise SheetError("not_positive", text)
    return amount


def _read_date(value):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _clean(value)
    for pattern in _DATE_FORMATS:
        found = _match_date(text, pattern)
        if found:
            return found
    raise SheetError("bad_date", text)


def _match_date(text, pattern):
    try:
        return datetime.strptime(text, pattern).date()
    except ValueError:
        return None


def _read_document_row(value):
    text = _clean(value)
    if not text:
        return 1
    if not re.fullmatch(r"\d{1,6}(\.0)?", text):
        raise SheetError("bad_row", text)
    return int(float(text))


def _cell(row, position):
    return row[position] if position < len(row) else None


def _clean(value):
    return " ".join(str("" if value is None else value).split())
