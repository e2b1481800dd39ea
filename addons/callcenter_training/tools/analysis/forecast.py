"""What a quiz will be like before anybody has taken it. No database.

A question that many have answered is as hard as they found it; of the others the mark
of difficulty tells a share, and how far off that may be. People differ: their ability
is taken as normally spread, one logit wide, around what an average person knows (the
Rasch model with the usual approximation that keeps the mean share where it was).
"""

from math import comb, exp, gcd, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

from .interval import wilson
from .item_statistics import MIN_COUNT

# Share right to expect where nobody has answered, and the shares it may really be:
# judgement, so the interval is wide.
PRIORS = {
    "easy": (0.85, 0.65, 0.95),
    "medium": (0.70, 0.45, 0.85),
    "hard": (0.50, 0.25, 0.70),
}
_PEOPLE = 15
_ABILITIES = [NormalDist().inv_cdf((n + 0.5) / _PEOPLE) for n in range(_PEOPLE)]
# Keeps the mean share when abilities spread: the logistic as a normal of width 1.7.
_STRETCH = sqrt(1 + 1 / 1.7**2)
_SURE = 0.98


class Part(NamedTuple):
    """Questions of a paper that are drawn from one pool."""

    count: int  # asked on a paper
    pool: int  # in the bank
    weight: float
    share: float  # expected right, 0..1
    low: float
    high: float
    is_measured: bool = False


def expect(difficulty, answer_count=0, facility=0.0):
    """``(share right, low, high, is measured)`` of a question.

    :param difficulty: its mark, a key of ``PRIORS``
    :param facility: mean share earned by ``answer_count`` people
    """
    if answer_count < MIN_COUNT:
        return *PRIORS[difficulty], False
    low, high = wilson(facility * answer_count, answer_count)
    return facility, low, high, True


def expect_mark(parts):
    """``(share, low, high)`` of the whole paper; None of an empty one.

    The ends are means of the parts' ends: what is believed of them may be wrong for all
    alike, so the errors are not taken to cancel.
    """
    total = sum(part.count * part.weight for part in parts)
    if not total:
        return None
    return tuple(
        sum(part.count * part.weight * getattr(part, name) for part in parts) / total
        for name in ("share", "low", "high")
    )


def count_papers(parts):
    """Different sets of questions that can be drawn."""
    papers = 1
    for part in parts:
        papers *= comb(part.pool, part.count)
    return papers


def share_passing(parts, marks):
    """``[share of people who reach the mark, ...]`` of marks as shares 0..1."""
    units = _get_units(parts)
    total = sum(part.count * unit for part, unit in zip(parts, units, strict=True))
    found = [0.0] * len(marks)
    for ability in _ABILITIES:
        sums = _spread(parts, units, ability)
        for place, mark in enumerate(marks):
            needed = mark * total - 1e-9
            found[place] += sum(p for earned, p in sums.items() if earned >= needed)
    return [value / _PEOPLE for value in found]


def _get_units(parts):
    """The weights as small whole numbers."""
    hundreds = [max(1, round(part.weight * 100)) for part in parts]
    common = gcd(*hundreds) if hundreds else 1
    return [number // common for number in hundreds]


def _spread(parts, units, ability):
    """``{units earned: probability}`` of a person."""
    sums = {0: 1.0}
    for part, unit in zip(parts, units, strict=True):
        right = _shift(part.share, ability)
        for _question in range(part.count):
            after = {}
            for earned, chance in sums.items():
                after[earned] = after.get(earned, 0.0) + chance * (1 - right)
                gained = earned + unit
                after[gained] = after.get(gained, 0.0) + chance * right
            sums = after
    return sums


def _shift(share, ability):
    """The share that a person of this ability gets right."""
    share = min(max(share, 1 - _SURE), _SURE)
    return 1 / (1 + exp(-(_STRETCH * log(share / (1 - share)) + ability)))
