"""Rows of a file of people who were hired before the program came."""

from ..imports.cell_values import (
    CellError,
    check_email,
    check_text,
    clean_text,
    parse_amount,
    parse_day,
)
from ..imports.row_problems import ParsedRow
from .terms import is_plausible

_TEXTS = {
    "name": 200,
    "personnel_number": 20,
    "job": 120,
    "department": 120,
    "order_number": 60,
    "contract_number": 60,
    "login": 100,
}
_DAYS = ("date_from", "order_date", "contract_date", "date_end", "trial_end")
_REQUIRED = ("name", "job", "department", "date_from", "order_number", "order_date")


def parse_staff(line, cells, today):
    """A person who works already: post, order and contract as on the papers.

    :param cells: texts by target column
    :param today: date; nobody can be brought in from a later day
    :return: ``ParsedRow`` with texts, dates and ``wage`` (Decimal)
    """
    row = ParsedRow(line)
    for target, length in _TEXTS.items():
        _read(row, cells, target, lambda text, size=length: check_text(text, size))
    for target in _DAYS:
        _read(row, cells, target, _parse_plausible_day)
    _read(row, cells, "wage", parse_amount)
    _read(row, cells, "email", check_email)
    for target in _REQUIRED:
        if row.is_loadable and not row.values.get(target):
            row.add(f"no_{target}", target)
    _check_order_of_days(row, today)
    return row


def _read(row, cells, target, read):
    text = clean_text(cells.get(target, ""))
    if not text:
        return
    try:
        row.values[target] = read(text)
    except CellError as error:
        row.add(error.code, target, error.text)


def _parse_plausible_day(text):
    day = parse_day(text)
    if not is_plausible(day):
        raise CellError("bad_date", text)
    return day


def _check_order_of_days(row, today):
    if not row.is_loadable:
        return
    start, end = row.values["date_from"], row.values.get("date_end")
    if max(start, row.values["order_date"]) > today:
        row.add("future", "date_from", start.strftime("%d.%m.%Y"))
    elif end and end < start:
        row.add("end_first", "date_end", end.strftime("%d.%m.%Y"))
    elif end and end < today:
        row.add("ended", "date_end", end.strftime("%d.%m.%Y"))
