"""Rows of a file of debts or of payments: cleaned and checked."""

from ..clients.phone_parse import PhoneError, parse_phones
from ..imports.cell_values import (
    CellError,
    check_text,
    check_vat,
    parse_amount,
    parse_day,
)
from ..imports.row_problems import ParsedRow

_LENGTHS = {
    "number": 64,
    "debt": 64,
    "ref": 60,
    "name": 200,
    "comment": 500,
    "payment": 64,
}


def parse_debt(line, cells):
    """A debt: its document, whose it is, how much and since when it is due.

    :param cells: texts by target column
    :return: ``ParsedRow`` with ``number``, ``amount`` (Decimal), ``date_due``, and
        of the client ``ref``, ``vat`` or ``phone`` (E.164)
    """
    row = ParsedRow(line)
    _read_texts(row, cells, ("number", "ref", "name", "comment"))
    _read_amount(row, cells)
    _read_day(row, cells, "date_due")
    _read_client(row, cells)
    _require(row, ("number", "no_number"))
    if row.is_loadable and not {"ref", "vat", "phone"} & set(row.values):
        row.add("no_client")
    return row


def parse_payment(line, cells):
    """A payment: the debt it goes to, its own document, day and sum.

    :return: ``ParsedRow`` with ``debt`` (number of its document), ``payment``,
        ``amount``, ``date_paid``
    """
    row = ParsedRow(line)
    _read_texts(row, cells, ("debt", "payment", "comment"))
    _read_amount(row, cells)
    _read_day(row, cells, "date_paid")
    _require(row, ("debt", "no_number"), ("payment", "no_payment_number"))
    return row


def _read_texts(row, cells, targets):
    for target in targets:
        if cells.get(target, "").strip():
            _read(row, target, check_text, cells[target], _LENGTHS[target])


def _read(row, target, check, *args, blocking=True):
    try:
        row.values[target] = check(*args)
    except CellError as error:
        row.add(error.code, target, error.text, blocking)


def _read_amount(row, cells):
    if not cells.get("amount", "").strip():
        row.add("no_amount", "amount")
        return
    _read(row, "amount", parse_amount, cells["amount"])
    if row.values.get("amount") == 0:
        row.add("no_amount", "amount")


def _read_day(row, cells, target):
    if not cells.get(target, "").strip():
        row.add("no_date", target)
        return
    _read(row, target, parse_day, cells[target])


def _read_client(row, cells):
    if cells.get("vat", "").strip():
        # Another key may name the client; without one the line says so.
        _read(row, "vat", check_vat, cells["vat"], blocking=False)
    if cells.get("phone", "").strip():
        try:
            row.values["phone"] = parse_phones(cells["phone"])[0].e164
        except PhoneError as error:
            row.add(f"phone_{error.code}", "phone", error.text)


def _require(row, *wanted):
    for target, code in wanted:
        if row.is_loadable and not row.values.get(target):
            row.add(code, target)
