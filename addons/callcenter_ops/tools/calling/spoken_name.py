"""A person's name as it is said in a conversation, not as a register writes it."""

import re
from functools import lru_cache

from ..personnel.name_cases import detect_gender, inflect_name, split_name

_PATRONYMIC = re.compile(r"(?:[вмь]ич|вна|ична)$", re.IGNORECASE)
_SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н|[оеё]ва|[иы]на|[цс]кий|[цс]кая|[оы]й|ая|[еи]нко|ук|юк|чук|"
    r"[ая]н|дзе|швили|[иы]х)$",
    re.IGNORECASE,
)


_WORD = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
# Stands where a name has no surname; it is left out again.
_ANY_SURNAME = "Иванов"


@lru_cache(maxsize=1024)
def say_name(name, case=None):
    """First name and patronymic, as a stranger is addressed.

    :param str name: a full name, surname first, or two words in any order
    :param case: of ``CASES``; None = nominative
    :return: text; the name as it is where nothing tells what is the first name
    """
    last, first, middle = _sort_words(name)
    if not first:
        return name or ""
    spoken = " ".join(word for word in (first, middle) if word)
    if not case:
        return spoken
    gender = detect_gender(" ".join(word for word in (last, first, middle) if word))
    inflected = inflect_name(f"{last or _ANY_SURNAME} {spoken}", case, gender)
    return " ".join(word for word in split_name(inflected)[1:] if word)


def say_first_name(name):
    """The first name alone, as one's own people introduce themselves.

    Two words are taken surname first, as the card of an employee has them.
    """
    _last, first, _middle = _sort_words(name)
    if not first and all(_WORD.fullmatch(word) for word in (name or "").split()):
        first = split_name(name)[1]
    return first or name or ""


def _sort_words(name):
    """``(last, first, middle)``; ``("", "", "")`` where the words tell nothing."""
    last, first, middle = split_name(name)
    if middle and _PATRONYMIC.search(middle):
        return last, first, middle
    if first and _PATRONYMIC.search(first):
        # As people say it themselves: first name, patronymic, surname if any.
        return middle, last, first
    are_words = _WORD.fullmatch(last) and _WORD.fullmatch(first)
    if middle or not are_words or _is_surname(last) == _is_surname(first):
        return "", "", ""
    return (last, first, "") if _is_surname(last) else (first, last, "")


def _is_surname(word):
    return bool(_SURNAME.search(word))
