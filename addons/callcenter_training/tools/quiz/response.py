"""What comes from a browser as an answer, judged before it is kept. No database."""

import unicodedata
from math import isfinite

TYPED = ("number", "short", "spoken")
# Characters of a typed answer.
MOST = {"short": 200, "spoken": 4000}


def clean(kind, choices, option_count=0, prompt_count=0):
    """``choices`` as it is stored; empty where nothing is answered.

    :param choices: list of positions, ``[number]`` or ``[text]``, by its kind
    :raise ValueError: it cannot be an answer to such a question
    """
    if not isinstance(choices, list):
        raise ValueError(kind)
    if not choices:
        return []
    if kind == "number":
        return _clean_number(choices)
    if kind in MOST:
        return _clean_text(choices, MOST[kind])
    wanted = {"single": 1, "order": option_count, "match": prompt_count}
    return _clean_positions(kind, choices, option_count, wanted.get(kind))


def _clean_number(choices):
    number = choices[0]
    good = len(choices) == 1 and isinstance(number, (int, float))
    if not good or isinstance(number, bool) or not isfinite(number):
        raise ValueError("number")
    return [float(number)]


def _clean_text(choices, most):
    """One text without what neither a person types nor a database keeps."""
    if len(choices) != 1 or not isinstance(choices[0], str) or len(choices[0]) > most:
        raise ValueError("text")
    kept = "".join(
        char
        for char in choices[0]
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return [kept.strip()] if kept.strip() else []


def _clean_positions(kind, choices, count, wanted):
    in_range = all(type(choice) is int and 0 <= choice < count for choice in choices)
    if not in_range or len(set(choices)) != len(choices):
        raise ValueError(kind)
    if len(choices) != (wanted or len(choices)):
        raise ValueError(kind)
    return sorted(choices) if kind == "multiple" else choices
