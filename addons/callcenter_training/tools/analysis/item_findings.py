"""What the figures of a question say, as codes that a trainer is told in words.

Nothing is said below ``MIN_COUNT`` answers, and of a correlation only what chance does
not make: beyond 1.645 / sqrt(n), which a random one exceeds once in twenty.
"""

from math import sqrt
from typing import NamedTuple

from .item_statistics import MIN_COUNT

NEVER_SHARE = 0.02
EASY, HARD = 0.97, 0.15
FAST_SECONDS = 2


class Option(NamedTuple):
    """An option as it was picked; ``discrimination`` -1.0 to 1.0 or None."""

    text: str
    is_right: bool
    picked: int
    discrimination: float | None


def pick_discrimination(shown, picked, rests, squares, picked_rests):
    """Correlation of picking an option with the mark of the other questions.

    Point-biserial: (mean rest of those who picked it - mean rest of all) / standard
    deviation of the rests * sqrt(p / (1 - p)), p = picked / shown.

    :param rests: sum of the rests of all, ``squares`` of their squares
    :param picked_rests: sum of the rests of those who picked it
    :return: -1.0 to 1.0; None where all or nobody picked it, or all rests are alike
    """
    if not 0 < picked < shown:
        return None
    middle = rests / shown
    variance = squares / shown - middle * middle
    if variance < 1e-12:
        return None
    share = picked / shown
    distance = picked_rests / picked - middle
    return distance / sqrt(variance) * sqrt(share / (1 - share))


def beyond_chance(count):
    """The correlation that chance alone exceeds once in twenty."""
    return 1.645 / sqrt(count)


def judge_options(count, options):
    """What the picks of a question's options say.

    :param count: answers
    :param options: list of ``Option``
    :return: list of ``(code, Option)``: ``wrong_key`` the best choose this wrong one
        and not the key; ``two_right`` the best choose both; ``lost`` nobody finds this
        right one; ``dead`` nobody takes this wrong one
    """
    if count < MIN_COUNT:
        return []
    rare = [one for one in options if one.picked < NEVER_SHARE * count]
    found = [("lost" if one.is_right else "dead", one) for one in rare]
    keys = [one.discrimination or 0 for one in options if one.is_right]
    code = "wrong_key" if keys and max(keys) < 0 else "two_right"
    limit = beyond_chance(count)
    return found + [
        (code, one)
        for one in options
        if not one.is_right and (one.discrimination or 0) > limit
    ]


def judge_figures(count, facility, discrimination, seconds):
    """What the figures of a whole question say.

    :param facility: share earned, ``discrimination`` with the rest or None
    :param seconds: median time of an answer or None
    :return: list of codes: ``negative``, ``hard``, ``easy``, ``fast``
    """
    if count < MIN_COUNT:
        return []
    signs = {
        "negative": (discrimination or 0) < -beyond_chance(count),
        "hard": facility < HARD,
        "easy": facility > EASY,
        "fast": seconds is not None and seconds < FAST_SECONDS,
    }
    return [code for code, holds in signs.items() if holds]
