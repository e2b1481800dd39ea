"""Russian personal names: cleaning, cases, initials, a login in Latin letters."""

import re

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

CASES = {
    "genitive": Case.GENITIVE,
    "dative": Case.DATIVE,
    "accusative": Case.ACCUSATIVE,
    "instrumental": Case.INSTRUMENTAL,
}
GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}

_PARTS = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
_LATIN = dict(
    zip("абвгдезийклмнопрстуфцыэ", "abvgdeziyklmnoprstufcye", strict=True)
) | {
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_maker = PetrovichDeclinationMaker()
_detector = PetrovichGenderDetector()


def clean_name(name):
    """``name`` with single blanks, without tags, and not all in capitals.

    The particle of a patronymic (``оглы``, ``кызы``) stays small.
    """
    text = re.sub(r"<[^>]*>", " ", name or "")
    words = text.replace("\xa0", " ").split()
    return " ".join(_recase(word) for word in words)


def _recase(word):
    if len(word) < 2 or not word.isupper():
        return word
    if word.lower() in ("оглы", "кызы"):
        return word.lower()
    return "-".join(part.capitalize() for part in word.split("-"))


def split_name(name):
    """``(last, first, middle)`` of a full name written surname first."""
    last, _blank, rest = clean_name(name).partition(" ")
    first, _blank, middle = rest.partition(" ")
    return last, first, middle


def detect_gender(name):
    """``"male"``, ``"female"`` or None when the name does not tell."""
    last, first, middle = split_name(name)
    if not (first or middle):
        return None
    found = _detector.detect(
        lastname=last or None, firstname=first or None, middlename=middle or None
    )
    return {Gender.MALE: "male", Gender.FEMALE: "female"}.get(found)


def inflect_name(name, case, gender=None):
    """The full name in a case of ``CASES``.

    :param gender: ``"male"`` or ``"female"``; None = told from the name
    :return: text; the name as it is (cleaned) when it is not Russian letters or
        nothing tells the gender, because a wrong case is worse on paper than none
    """
    gender = gender or detect_gender(name)
    if gender not in GENDERS:
        return clean_name(name)
    return " ".join(
        _inflect_part(word, part, CASES[case], GENDERS[gender])
        for part, word in zip(_PARTS, split_name(name), strict=True)
        if word
    )


def _inflect_part(word, part, case, gender):
    if not re.search("[а-яё]", word, re.IGNORECASE):
        return word
    return _maker.make(part, gender, case, word)


def short_name(name):
    """Signature line: initials and surname, e.g. ``И. О. Фамилия``."""
    last, first, middle = split_name(name)
    initials = [f"{word[0].upper()}." for word in (first, middle) if word]
    return " ".join([*initials, last])


def make_login(name):
    """Login in Latin letters from a full name, e.g. ``i.ivanov``; may be empty."""
    last, first, _middle = split_name(name)
    parts = [_to_latin(first)[:1], _to_latin(last)]
    return ".".join(part for part in parts if part)


def _to_latin(word):
    latin = "".join(_LATIN.get(letter, letter) for letter in word.lower())
    return re.sub(r"[^a-z0-9]", "", latin)
