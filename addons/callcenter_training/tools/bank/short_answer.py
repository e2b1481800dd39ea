"""Typed answers: when two of them are the same. No database here."""

import re
import unicodedata

# Shorter words are other words with one letter changed: «кот» and «кит».
LEAST_FORGIVEN = 5
MOST_TYPOS = 2
# Written by other keys, read as the same letter.
_LOOKALIKES = str.maketrans("abcehkmoptxyё", "авсенкмортхуе")
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_MINUS = re.compile(r"(?:(?<=\s)|^)[-\u2212\u2013](?=\d)")
_NUMBER = re.compile(r"[\d.\-]+")
# What survives of the punctuation: it makes another answer of the same letters.
_KEPT = {".": "\x01", "-": "\x02", "%": "\x03"}
_BACK = str.maketrans({kept: sign for sign, kept in _KEPT.items()})


def normalise(text):
    """``text`` as it is compared: no case, ё as е, no spaces, no punctuation.

    The point of a decimal, the minus of a number and a percent sign stay; letters that
    look alike in Latin and Cyrillic are one. Empty where nothing is said.
    """
    text = unicodedata.normalize("NFKC", text).casefold().strip()
    text = _POINT.sub(_KEPT["."], text)
    text = _MINUS.sub(_KEPT["-"], text).replace("%", _KEPT["%"])
    kept = "".join(
        char
        for char in text
        if char in "\x01\x02\x03" or unicodedata.category(char)[0] in "LNMS"
    )
    return kept.translate(_BACK).translate(_LOOKALIKES)


def find(answers, given, typos=0):
    """The place in ``answers`` that ``given`` says; None where it is none of them.

    An answer written exactly goes before one written with typos, so that a wrong
    answer that is named is never taken for the right one beside it.

    :param answers: texts
    :param typos: how many letters may be wrong, left out, added or swapped
    """
    said = normalise(given)
    known = [normalise(answer) for answer in answers]
    if said in known:
        return known.index(said)
    near = [
        (distance, place)
        for place, answer in enumerate(known)
        if (distance := _typos_between(answer, said, typos)) <= typos
    ]
    return min(near)[1] if near else None


def fraction(key, given):
    """1.0 where ``given`` says one of the right answers.

    :param key: ``{"answers": [[text, is right], …], "typos": count}``
    """
    place = find_in_key(key, given)
    return 1.0 if place is not None and key["answers"][place][1] else 0.0


def find_in_key(key, given):
    """The place in a key that ``given`` says; None where it is none of its answers."""
    return find([text for text, _right in key["answers"]], given, key["typos"])


def _typos_between(answer, said, most):
    """Typos from ``answer`` to ``said``, or more than ``most`` where they are none.

    A number that differs is no typo, and a short word with a typo is another word.
    """
    told = max(len(answer), len(said)) < LEAST_FORGIVEN
    same_numbers = _NUMBER.findall(answer) == _NUMBER.findall(said)
    if told or not same_numbers or abs(len(answer) - len(said)) > most:
        return most + 1
    return _distance(answer, said)


def _distance(first, second):
    """Letters wrong, left out, added or swapped with their neighbour (OSA)."""
    before, above = [], list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        line = [row]
        for column, other in enumerate(second, 1):
            cost = min(
                above[column] + 1,
                line[-1] + 1,
                above[column - 1] + (letter != other),
            )
            is_swap = row > 1 and column > 1 and letter == second[column - 2]
            if is_swap and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, above = above, line
    return above[-1]
