"""Two shares side by side: how sure each is, and whether they differ at all."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95


@dataclass(frozen=True)
class Difference:
    """``first - second`` with its ends, all as shares (-1 to 1).

    ``verdict``: ``first`` or ``second`` is higher, ``open`` = no difference can be
    told, ``empty`` = nothing to divide by.
    """

    verdict: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


def wilson(hits, count, level=LEVEL):
    """The score interval of a share.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    J. Am. Stat. Assoc. 22 (1927), 209-212.

    :return: ``(low, high)`` within 0 and 1, None without any case
    """
    if not count:
        return None
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = hits / count
    middle = share + z * z / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def difference(first, second, level=LEVEL):
    """The difference of two independent shares with its hybrid score interval.

    R. G. Newcombe, Interval estimation for the difference between independent
    proportions: comparison of eleven methods, Stat. Med. 17 (1998), 873-890, method 10:
    holds for few cases and for shares near 0 and 1 too.

    :param first: ``(hits, count)``
    :param second: the same
    :return: ``Difference``
    """
    if not (first[1] and second[1]):
        return Difference("empty")
    share_a, share_b = first[0] / first[1], second[0] / second[1]
    (low_a, high_a), (low_b, high_b) = wilson(*first, level), wilson(*second, level)
    value = share_a - share_b
    low = value - sqrt((share_a - low_a) ** 2 + (high_b - share_b) ** 2)
    high = value + sqrt((high_a - share_a) ** 2 + (share_b - low_b) ** 2)
    verdict = "first" if low > 0 else "second" if high < 0 else "open"
    return Difference(verdict, value, low, high)
