"""Rows of a stop list or of a list of consents: cleaned and checked."""

import re

from ..imports.cell_values import CellError, check_text, check_vat, parse_day
from ..imports.row_problems import ParsedRow
from .phone_parse import PhoneError, parse_phones

_LENGTHS = {"ref": 60, "name": 200, "reason": 250, "text_version": 120}
_DAYS = ("date", "stop_until")
# As lists write it; the first pattern that fits wins.
_KINDS = (
    ("mass_calls", re.compile(r"массов|mass|41-?фз")),
    ("advertising", re.compile(r"реклам|рассылк|звонк|advert|market|38-?фз")),
    ("personal_data", re.compile(r"персонал|\bпдн?\b|обработк|personal|data|152-?фз")),
)
_SOURCES = (
    ("paper", re.compile(r"бумаг|анкет|бланк|paper|form on paper")),
    ("site", re.compile(r"сайт|форм|интернет|web|site|online")),
    ("call", re.compile(r"звон|разговор|запис|call|spoken|phone")),
    ("contract", re.compile(r"договор|contract")),
)
_YES = re.compile(r"^(?:да|yes|true|1|отозван|withdrawn|\+|x|х)$")
_NO = re.compile(r"^(?:нет|no|false|0|действует|-|—)?$")


def parse_stop(line, cells, today):
    """A line of a stop list: the number, the person, or both.

    :param cells: texts by target column
    :param date today: an entry that has ended before is not loaded
    :return: ``ParsedRow`` with ``phone`` (E.164), ``ref``, ``vat``, ``name``,
        ``reason`` and ``stop_until`` as far as they are given
    """
    row = ParsedRow(line)
    _read_common(row, cells)
    if row.values.get("stop_until", today) < today:
        row.add("has_ended", "stop_until", cells["stop_until"])
    return row


def parse_consent(line, cells):
    """A line of a list of consents.

    :return: ``ParsedRow`` with ``phone`` (E.164), ``ref``, ``vat``, ``name``,
        ``kind`` and ``source`` (codes of ``callcenter.consent``), ``date``,
        ``text_version`` and ``is_withdrawn``
    """
    row = ParsedRow(line)
    _read_common(row, cells)
    _read_choice(row, cells, "kind", _KINDS)
    _read_withdrawal(row, cells)
    if not row.values.get("is_withdrawn"):
        _read_choice(row, cells, "source", _SOURCES)
        _require(row, ("date", "no_date"), ("text_version", "no_text_version"))
    return row


def _read_common(row, cells):
    for target, length in _LENGTHS.items():
        _read(row, cells, target, check_text, length)
    for target in _DAYS:
        _read(row, cells, target, parse_day)
    _read(row, cells, "vat", check_vat)
    _read_phone(row, cells)
    if row.is_loadable and not {"ref", "vat", "phone"} & set(row.values):
        row.add("no_person")
    row.values.setdefault("name", row.values.get("phone") or row.values.get("ref", ""))


def _read(row, cells, target, check, *args):
    if not cells.get(target, "").strip():
        return
    try:
        value = check(cells[target], *args)
    except CellError as error:
        row.add(error.code, target, error.text)
    else:
        if value:
            row.values[target] = value


def _read_phone(row, cells):
    if not cells.get("phone", "").strip():
        return
    try:
        row.values["phone"] = parse_phones(cells["phone"])[0].e164
    except PhoneError as error:
        row.add(f"phone_{error.code}", "phone", error.text)


def _read_choice(row, cells, target, choices):
    text = cells.get(target, "").strip().lower().replace("ё", "е")
    known = [code for code, pattern in choices if pattern.search(text)]
    if known:
        row.values[target] = known[0]
    else:
        row.add(f"bad_{target}", target, text)


def _read_withdrawal(row, cells):
    text = cells.get("is_withdrawn", "").strip().lower()
    if _YES.match(text):
        row.values["is_withdrawn"] = True
    elif not _NO.match(text):
        row.add("bad_withdrawal", "is_withdrawn", text)


def _require(row, *wanted):
    for target, code in wanted:
        if row.is_loadable and not row.values.get(target):
            row.add(code, target)
