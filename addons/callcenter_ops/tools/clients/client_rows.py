"""Rows of a client base: cleaned, checked, telephone numbers in E.164."""

import re

from ..imports.cell_values import (
    CellError,
    check_code,
    check_email,
    check_text,
    check_vat,
    parse_day,
)
from ..imports.row_problems import ParsedRow
from .phone_parse import Phone, PhoneError, parse_phones
from .region_names import find_region_code

_LEGAL_FORM = re.compile(
    r"\b(?:ООО|ОАО|ПАО|ЗАО|НАО|АО|ИП|АНО|НКО|МУП|ГУП|МБУ|МАУ|МКУ|ГБУ|ГАУ|ФГУП|ФГБУ|"
    r"МБОУ|МАОУ|ГБОУ|КФХ|ТСЖ|LLC|Ltd|Inc|GmbH)\b",
    re.IGNORECASE,
)
_COMPANY_VAT_LENGTH = 10
_RUSSIA = frozenset(("россия", "рф", "российская федерация", "russia", "ru"))
_LENGTHS = {
    "name": 200,
    "contact_name": 120,
    "function": 120,
    "ref": 60,
    "country": 60,
    "region": 120,
    "city": 120,
    "street": 250,
    "zip": 24,
    "website": 250,
    "tag": 60,
    "comment": 4000,
    "surname": 80,
    "given_name": 80,
    "patronymic": 80,
    "responsible": 120,
}
# A name that stands in columns of its own is put together in this order.
_NAME_PARTS = ("surname", "given_name", "patronymic")
_CODES = ("ref", "zip")


def parse_client(line, cells):
    """A client's row.

    :param cells: texts by target column, the unmapped ones left out
    :return: ``ParsedRow``; ``values`` has the given targets, and ``phone`` (E.164),
        ``phone_display``, ``extension``, ``other_phones``, ``is_company``,
        ``country_code`` and ``state_code``
    """
    row = ParsedRow(line)
    _read_texts(row, cells)
    _read_phones(row, cells)
    _read_country(row)
    _read_checked(row, cells, "email", check_email)
    _read_vat(row, cells)
    _read_checked(row, cells, "last_purchase", parse_day)
    _read_region(row)
    _read_name(row)
    if not row.values.get("phone") and not row.values.get("vat"):
        if row.is_loadable:
            row.add("no_key", "phone")
    return row


def _read_texts(row, cells):
    for target, length in _LENGTHS.items():
        if target in cells:
            check = check_code if target in _CODES else check_text
            _read_checked(row, cells, target, check, length, blocking=True)


def _read_checked(row, cells, target, check, *args, blocking=False):
    """Keep the checked cell; a fault that does not block drops the cell alone."""
    if not cells.get(target, "").strip():
        return
    try:
        value = check(cells[target], *args)
    except CellError as error:
        row.add(error.code, target, error.text, blocking)
    else:
        if value:
            row.values[target] = value


def _read_phones(row, cells):
    phones = []
    for target in ("phone", "phone_other"):
        if cells.get(target, "").strip():
            try:
                phones += parse_phones(cells[target])
            except PhoneError as error:
                blocking = target == "phone"
                row.add(f"phone_{error.code}", target, error.text, blocking)
    if not phones:
        return
    others = dict.fromkeys(phone.e164 for phone in phones[1:])
    others.pop(phones[0].e164, None)
    row.values |= {
        "phone": phones[0].e164,
        "phone_display": phones[0].display,
        "extension": phones[0].extension,
        "other_phones": ", ".join(others),
    }


def _read_country(row):
    """The country as stated, else the one of the number, else Russia."""
    stated = row.values.get("country", "")
    if stated and stated.lower() not in _RUSSIA:
        return
    phone = row.values.get("phone")
    code = "RU"
    if phone and not stated:
        code = Phone(phone).country or "RU"
    row.values["country_code"] = code


def _read_vat(row, cells):
    russian = row.values.get("country_code") == "RU"
    _read_checked(row, cells, "vat", check_vat, russian)


def _read_region(row):
    region = row.values.get("region")
    if not region:
        return
    code = find_region_code(region)
    if code and row.values.get("country_code") == "RU":
        row.values["state_code"] = code
    else:
        row.add("unknown_region", "region", region, blocking=False)


def _read_name(row):
    values = row.values
    _join_name(values)
    name = values.get("name") or values.pop("contact_name", "")
    if values.get("contact_name") == name:
        del values["contact_name"]
    if not name:
        if row.is_loadable:
            row.add("no_name", "name")
        return
    values["name"] = name
    values["is_company"] = bool(
        values.get("contact_name")
        or _LEGAL_FORM.search(name)
        or len(values.get("vat", "")) == _COMPANY_VAT_LENGTH
    )


def _join_name(values):
    """Surname, given name and patronymic are the client, or who speaks for him."""
    joined = " ".join(values[part] for part in _NAME_PARTS if values.get(part))
    if not joined:
        return
    words = set(joined.lower().split())
    if not values.get("name"):
        values["name"] = joined
    elif not words & set(values["name"].lower().split()):
        values.setdefault("contact_name", joined)
