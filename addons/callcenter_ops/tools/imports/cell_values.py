"""Cells of an imported table: cleaned texts, amounts and tax numbers."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from stdnum.exceptions import ValidationError
from stdnum.ru import inn

from .number_text import NumberText

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_BLANKS = re.compile(r"\s+")
_MARKUP = re.compile(r"<\s*[a-zA-Z/!?][^<>]*>|&#?\w+;|javascript:", re.IGNORECASE)
_GUARD = re.compile(r"^'(?=[=+\-@])")
_EMAIL = re.compile(r"^[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+$")
_AMOUNT_NOISE = re.compile(r"(?:руб(?:лей|ля|ль)?\.?|р\.|₽|RUB|\s|')", re.IGNORECASE)
# An amount that reads two ways: 1,299 is a thousand and more, or a little over one.
_TWO_WAYS = re.compile(r"(-?[1-9]\d{0,2})([.,])(\d{3})")
_MARKED = re.compile(r"-?\d+([.,])(\d+)")
_NOT_DIGITS = re.compile(r"\D")
# What spreadsheets, English and Russian, show instead of a value.
_ERROR_CELL = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|ERROR!|GETTING_DATA"
    r"|ССЫЛКА!|Н/Д|ЗНАЧ!|ДЕЛ/0!|ИМЯ\?|ЧИСЛО!|ПУСТО!|ПЕРЕНОС!|ВЫЧИСЛ!)"
)
_FLOAT_TAIL = re.compile(r"(\d+)\.0+")
_ROUNDED = re.compile(r"\d+(?:[.,]\d+[eEеЕ]\+?|[eEеЕ]\+)\d+")
# Lengths of a company's and of a person's tax number; a spreadsheet drops the zero
# that stands first.
_VAT_LENGTHS = (10, 12)
_DAY_FIRST = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_SERIAL = re.compile(r"^\d{5}(?:\.0+)?$")
# Spreadsheets count days from here; 60 is the 29th of February 1900 that never was.
_SERIAL_START = date(1899, 12, 30)


class CellError(ValueError):
    """``code`` says what is wrong with the cell."""

    def __init__(self, code, text):
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def clean_text(text):
    """``text`` on one line, without invisible characters and doubled blanks."""
    return _BLANKS.sub(" ", _CONTROL.sub("", _GUARD.sub("", text))).strip()


def check_text(text, max_length):
    """``text`` cleaned.

    :raises CellError: ``unreadable`` (characters lost by a wrong encoding),
        ``formula``, ``markup`` or ``too_long``
    """
    text = clean_text(text)
    if "\ufffd" in text:
        raise CellError("unreadable", text)
    if text.startswith(("=", "@")):
        raise CellError("formula", text)
    if _MARKUP.search(text):
        raise CellError("markup", text)
    if len(text) > max_length:
        raise CellError("too_long", text)
    return text


def is_error_cell(text):
    """Whether a spreadsheet's formula has failed there: ``#REF!``, ``#Н/Д``."""
    return text.startswith("#") and bool(_ERROR_CELL.fullmatch(text.strip()))


def check_code(text, max_length):
    """A code that may consist of digits: ``4600.0`` is 4600.

    :raises CellError: as ``check_text``, and ``rounded`` for ``4,6E+12``
    """
    text = check_text(text, max_length)
    if _ROUNDED.fullmatch(text.replace(" ", "")):
        raise CellError("rounded", text)
    tail = _FLOAT_TAIL.fullmatch(text)
    return tail[1] if tail else text


def check_email(text):
    """The address in lower case; ``bad_email`` when it has no shape of one."""
    text = clean_text(text).lower().removeprefix("mailto:")
    if not _EMAIL.match(text):
        raise CellError("bad_email", text)
    return text


def check_vat(text, russian=True):
    """The tax number; a Russian one has its check digits verified.

    :raises CellError: ``bad_vat``
    """
    text = check_code(text, 30)
    if not russian:
        return text.upper()
    digits = _NOT_DIGITS.sub("", text)
    if len(digits) + 1 in _VAT_LENGTHS:
        digits = f"0{digits}"
    try:
        return inn.validate(digits)
    except ValidationError as error:
        raise CellError("bad_vat", text) from error


def parse_amount(text):
    """A price as people write it, in Decimal: ``1 299,90 руб.`` is 1299.90.

    What reads two ways (``settle_amount``) is taken for thousands.

    :raises CellError: ``bad_amount`` or ``negative_amount``
    """
    amount = parse_signed_amount(text)
    if amount < 0:
        raise CellError("negative_amount", text)
    return amount


def parse_signed_amount(text):
    """The same of an amount that may be below zero.

    :raises CellError: ``bad_amount``
    """
    try:
        amount = Decimal(_to_plain_number(settle_amount(text, "")))
    except InvalidOperation as error:
        raise CellError("bad_amount", text) from error
    if not amount.is_finite() or amount.adjusted() > 12:
        raise CellError("bad_amount", text)
    return amount


def settle_amount(text, mark):
    """``text``, written so that it reads one way: 1299 or 1.2990 for ``1,299``.

    :param mark: the decimal mark of its file; empty where nothing tells it
    """
    found = _TWO_WAYS.fullmatch(_strip_noise(text))
    if not found:
        return text
    if isinstance(text, NumberText) or found[2] == mark:
        return f"{found[1]}.{found[3]}0"
    return found[1] + found[3]


def guess_decimal_mark(texts):
    """The decimal mark of the amounts of a file, empty where nothing tells it."""
    votes = {".": 0, ",": 0}
    for text in texts:
        if isinstance(text, NumberText):
            continue
        plain = _strip_noise(text)
        if "," in plain and "." in plain:
            votes[max(",.", key=plain.rfind)] += 1
        elif not _TWO_WAYS.fullmatch(plain) and (found := _MARKED.fullmatch(plain)):
            votes[found[1]] += 1
    if votes["."] == votes[","]:
        return ""
    return max(votes, key=votes.get)


def _strip_noise(text):
    return _AMOUNT_NOISE.sub("", clean_text(text).replace("\u00a0", " "))


def _to_plain_number(text):
    plain = _strip_noise(text)
    if "," in plain and "." in plain:
        thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
        plain = plain.replace(thousands, "")
    for mark in ",.":
        if plain.count(mark) > 1:
            plain = plain.replace(mark, "")
    return plain.replace(",", ".")


def parse_day(text):
    """A day as people and spreadsheets write it: 05.03.2026, 2026-03-05, 46086.

    :raises CellError: ``bad_date``
    """
    text = clean_text(text)
    if _SERIAL.match(text):
        return _SERIAL_START + timedelta(days=int(float(text)))
    try:
        if found := _YEAR_FIRST.match(text):
            return date(*map(int, found.groups()))
        if found := _DAY_FIRST.match(text):
            day, month, year = map(int, found.groups())
            return date(year if year > 99 else 2000 + year, month, day)
    except ValueError as error:
        raise CellError("bad_date", text) from error
    raise CellError("bad_date", text)
