"""Telephone numbers: reading what people type, and keys of the number plan.

``phonenumbers`` parses, checks and formats; it cannot tell the region of a Russian
mobile and is wrong on the zone of some landlines, so regions come from the table of
ranges whose keys are made here.
"""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

RUSSIAN_LENGTH = 10
_EXTENSION = re.compile(r"(доб|внутр|ext|x)\.?\s*\d+\s*$", re.IGNORECASE)
FEDERAL_DISTRICTS = [
    ("central", "Central Federal District"),
    ("northwestern", "Northwestern Federal District"),
    ("southern", "Southern Federal District"),
    ("north_caucasian", "North Caucasian Federal District"),
    ("volga", "Volga Federal District"),
    ("ural", "Ural Federal District"),
    ("siberian", "Siberian Federal District"),
    ("far_eastern", "Far Eastern Federal District"),
]


@dataclass(frozen=True)
class ReadNumber:
    """What a typed number turned out to be.

    ``problem`` is empty, ``unreadable``, ``city_code`` (a local number without the
    city code) or ``invalid``; then ``e164`` is empty.
    """

    e164: str = ""
    extension: str = ""
    country: str = ""
    kind: str = ""
    problem: str = ""


def is_number(text):
    """Whether words are meant as a number: digits, and no letter but an extension."""
    bare = _EXTENSION.sub("", text)
    return any(char.isdigit() for char in bare) and not any(
        char.isalpha() for char in bare
    )


def read_number(text, country="RU"):
    """Read a telephone number in any usual spelling.

    :param country: ISO code whose trunk prefix and length are assumed
    """
    try:
        parsed = phonenumbers.parse(text or "", country)
    except NumberParseException:
        return ReadNumber(problem="unreadable")
    if not phonenumbers.is_valid_number(parsed):
        return ReadNumber(problem=_problem_of(parsed))
    return ReadNumber(
        e164=phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
        extension=parsed.extension or "",
        country=phonenumbers.region_code_for_number(parsed) or "",
        kind=_kind_of(parsed),
    )


def display_number(e164):
    """``+73433221100`` as ``+7 343 322-11-00``; unreadable text as it came."""
    try:
        parsed = phonenumbers.parse(e164 or "", None)
    except NumberParseException:
        return e164 or ""
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def plan_key(e164):
    """The ten national digits that the number plan is searched by, or ``""``.

    Only numbers of the Russian part of +7 have one: Kazakhstan's begin with 6 or 7.
    """
    digits = (e164 or "").removeprefix("+7")
    if not (e164 or "").startswith("+7") or len(digits) != RUSSIAN_LENGTH:
        return ""
    return "" if digits[0] in "67" or not digits.isdigit() else digits


def range_bounds(prefix):
    """First and last ten-digit number of a prefix: ``343`` -> 3430000000, …9999999."""
    missing = RUSSIAN_LENGTH - len(prefix)
    return prefix + "0" * missing, prefix + "9" * missing


def _problem_of(parsed):
    is_local = parsed.country_code == 7 and len(str(parsed.national_number)) <= 7
    return "city_code" if is_local else "invalid"


def _kind_of(parsed):
    kinds = {
        PhoneNumberType.MOBILE: "mobile",
        PhoneNumberType.FIXED_LINE: "landline",
        PhoneNumberType.FIXED_LINE_OR_MOBILE: "mobile",
        PhoneNumberType.TOLL_FREE: "toll_free",
        PhoneNumberType.PREMIUM_RATE: "premium",
    }
    return kinds.get(phonenumbers.number_type(parsed), "other")
