"""Telephone numbers as people write them, turned into E.164, and back for the eye.

Only parsing, checking and showing: which region a number belongs to is the business
of the number plan.
"""

import re
from dataclasses import dataclass

import phonenumbers

_EXTENSION = re.compile(
    r"[\s,;(]*(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext(?:ension)?|#|"
    r"(?<=[\d\s)])x)"
    r"\s*[.:№#=]?\s*(\d{1,7})\)?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[;|\n\r,]+|\s+(?:и|или)\s+")
_FULL_NUMBER_DIGITS = 10
# A number that somebody looks for, as people write it.
_SEARCHED = re.compile(r"[\d\s()+.-]{5,}")
_SPOILT = re.compile(r"^\d(?:[.,]\d+)?[eе]\+?\d+$", re.IGNORECASE)
_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d~]")
_SPACES = re.compile("[\u00a0\u2000-\u200f\u202f\u205f\u3000\ufeff\t]")
# What a person wrote for people: a name before, a remark behind or in brackets.
_WORDS = re.compile(r"^[^\d+(]*")
_REMARK = re.compile(r"\([^()\d]*\)|\s[^\d()]*$")
# An O that stands for a zero, between digits and not in a word.
_LETTER = r"[^\W\d_]"
_FALSE_ZERO = re.compile(
    rf"(?<!{_LETTER})[OoОо]+(?=[\d()-])|(?<=[\d()-])[OoОо]+(?!{_LETTER})"
)
# A spreadsheet kept the number as a number: 79730000001.0, 79730000001,0.
_DECIMALS = re.compile(r"(?<!\d)(\d{10,15})[.,]0{1,2}(?!\d)")
_CITY_CODE = re.compile(r"\(\s*(\d{3,5})\s*\)")
# Landlines of Russia, without those free of charge.
_LANDLINE = re.compile(r"^\+7(?!800)[348]\d{9}$")
_USUAL_LOCAL_LENGTH = 7
_NOT_DIGITS = re.compile(r"\D")
# A trunk prefix before the city code in brackets: ten digits follow, no fewer.
_TRUNK = re.compile(r"^8[\s-]*\(")
_TRUNK_DIGITS = 11
# A Russian number without the city code has so many digits at most.
_LOCAL_LENGTHS = range(5, 8)
_MAX_TEXT = 250


@dataclass(frozen=True)
class Phone:
    """A checked number: ``e164`` to compare and dial, ``extension`` apart."""

    e164: str
    extension: str = ""

    @property
    def display(self):
        """The number in the international spelling, without the extension."""
        return display_number(self.e164)

    @property
    def country(self):
        """ISO code of the country that the number belongs to, or ""."""
        return phonenumbers.region_code_for_number(phonenumbers.parse(self.e164)) or ""


class PhoneError(ValueError):
    """``code``: no_digits, no_city_code, spoilt, too_long or invalid."""

    def __init__(self, code, text):
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def parse_phone(text, region="RU"):
    """The one number written in ``text``.

    :param region: country of numbers written without a country code
    :raises PhoneError: when it is no number that could be dialled
    """
    text = _normalise(text)
    _refuse_unreadable(text)
    if has_false_digits(text):
        raise PhoneError("invalid", text)
    match = _EXTENSION.search(text)
    extension = match.group(1) if match else ""
    text = _with_plus(_strip_words(text))
    digits = len(_NOT_DIGITS.sub("", text))
    if region == "RU" and _TRUNK.match(text) and digits != _TRUNK_DIGITS:
        raise PhoneError("invalid", text)
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise PhoneError("invalid", text) from error
    if not phonenumbers.is_valid_number(number):
        local = region == "RU" and "+" not in text and digits in _LOCAL_LENGTHS
        raise PhoneError("no_city_code" if local else "invalid", text)
    return Phone(_e164(number), extension or number.extension or "")


def parse_phones(text, region="RU"):
    """All numbers written in one cell, in their order, without repetitions.

    A short group of digits after a comma is the extension of the number before it; a
    local number shares the city code of the one before it.

    :raises PhoneError: when one of them cannot be dialled, or there is none
    """
    text = _normalise(text)
    _refuse_unreadable(text)
    phones, before = [], ""
    for part in _split(text):
        digits = _NOT_DIGITS.sub("", part)
        if phones and len(digits) < 5 and not phones[-1].extension:
            if digits.strip("0"):
                phones[-1] = Phone(phones[-1].e164, digits)
            continue
        if phones and (code := _shared_code(part, before, phones[-1])):
            part = f"{code}{part}"
        phones.append(parse_phone(part, region))
        before = part
    seen = {}
    for phone in phones:
        seen.setdefault(phone.e164, phone)
    return list(seen.values())


def to_e164(text, region="RU"):
    """The number in E.164 if ``text`` is nothing but one full number, else ``""``."""
    if not is_number(text):
        return ""
    try:
        return parse_phone(text, region).e164
    except PhoneError:
        return ""


def is_number(text):
    """Whether words are meant as a number: digits, and no letter but an extension."""
    bare = _EXTENSION.sub("", text)
    return any(char.isdigit() for char in bare) and not any(
        char.isalpha() for char in bare
    )


def has_false_digits(text):
    """Whether letters stand among the digits, an O for a zero for one.

    A library that reads numbers as a keypad does would make other digits of them.
    """
    bare = _EXTENSION.sub("", text)
    return bool(_FALSE_ZERO.search(bare)) or any(
        character.isalpha() for character in _strip_words(text)
    )


def display_number(e164):
    """``+73433221100`` as ``+7 343 322-11-00``; unreadable text as it came."""
    try:
        number = phonenumbers.parse(e164 or "", None)
    except phonenumbers.NumberParseException:
        return e164 or ""
    return phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def _normalise(text):
    text = _DASHES.sub("-", _SPACES.sub(" ", str(text))).strip()
    if len(text) > _MAX_TEXT:
        raise PhoneError("too_long", text[:_MAX_TEXT])
    return _DECIMALS.sub(r"\1", text)


def _split(text):
    """The parts of a cell, each extension kept with its number."""
    held = _EXTENSION.sub(lambda match: f" #{match.group(1)}", text)
    parts = [part for part in _SEPARATOR.split(held) if part.strip()]
    return [piece for part in parts for piece in _split_slash(part)]


def _split_slash(part):
    """The numbers of ``one / other``; a slash inside one number stays."""
    first, *rest = part.split("/")
    whole = _count_digits(first) >= _FULL_NUMBER_DIGITS and all(
        _count_digits(piece) >= _FULL_NUMBER_DIGITS
        or _count_digits(piece) in _LOCAL_LENGTHS
        for piece in rest
    )
    return [first, *rest] if whole else [part]


def _count_digits(text):
    return len(_NOT_DIGITS.sub("", _EXTENSION.sub("", text)))


def _shared_code(part, before, phone):
    """``+7`` and the city code of ``before`` that a local number goes by, or ``""``.

    :param str before: how the number ``phone`` in front of it was written
    """
    length = _count_digits(part)
    if length not in _LOCAL_LENGTHS or not _LANDLINE.match(phone.e164):
        return ""
    written = _CITY_CODE.search(before)
    local = _FULL_NUMBER_DIGITS - len(written[1]) if written else _USUAL_LOCAL_LENGTH
    return f"({phone.e164[2:-length]}) " if length == local else ""


def _refuse_unreadable(text):
    if _SPOILT.match(text.replace(" ", "")):
        raise PhoneError("spoilt", text)
    if not any(character.isdigit() for character in text):
        raise PhoneError("no_digits", text)


def _strip_words(text):
    """The number alone, without extension, remarks and the name before it."""
    return _REMARK.sub(" ", _WORDS.sub("", _EXTENSION.sub("", text))).strip()


def _with_plus(text):
    if len(_NOT_DIGITS.sub("", text)) <= _FULL_NUMBER_DIGITS:
        return text
    return re.sub(r"^00[\s-]*(?=[1-9])", "+", text)


def _e164(number):
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def searched_digits(text):
    """Digits of a number that somebody looks for, without the country's; else ""."""
    if not isinstance(text, str) or not _SEARCHED.fullmatch(text):
        return ""
    return "".join(filter(str.isdecimal, text))[-_FULL_NUMBER_DIGITS:]
