"""Two scripts side by side: which one works better, and is that more than chance?

A client who was reached counts once, however often he was called. Judge once, when the
planned number is there: whoever looks every day and stops at the first difference finds
one where there is none.
"""

from dataclasses import dataclass
from math import ceil, erfc, exp, lgamma, sqrt
from statistics import NormalDist

ALPHA = 0.05
POWER = 0.8
# Below so many expected cases the normal curve is too rough: the exact test is asked.
_SMALL = 5
_SCALE = 2**32
# Knuth's multiplier: neighbouring numbers fall far apart.
_SCATTER = 2654435761


@dataclass(frozen=True)
class Arm:
    """Clients reached with one script, and those of them with the result."""

    clients: int
    hits: int

    @property
    def share(self):
        """Hits of clients, None without any client."""
        return self.hits / self.clients if self.clients else None


@dataclass(frozen=True)
class Comparison:
    """``verdict``: ``a`` or ``b`` is better, ``open`` = it may be chance, ``empty``.

    ``p_value``: how often so large a difference comes by chance where there is none.
    ``needed``: clients per script to find a difference of this size in four of five
    trials; None where the shares are equal or missing.
    """

    verdict: str
    p_value: float | None = None
    needed: int | None = None


def compare(first, second, alpha=ALPHA):
    """Compare the shares of two arms.

    :param Arm first: ``a``
    :param Arm second: ``b``
    :return: ``Comparison``
    """
    if not (first.clients and second.clients):
        return Comparison("empty")
    chance = p_value(first, second)
    needed = needed_clients(first.share, second.share, alpha)
    if chance >= alpha or first.share == second.share:
        return Comparison("open", chance, needed)
    return Comparison("a" if first.share > second.share else "b", chance, needed)


def p_value(first, second):
    """Two-sided: by the normal curve, or exact (Fisher) where cases are few."""
    total = first.clients + second.clients
    hits = first.hits + second.hits
    expected = min(first.clients, second.clients) * min(hits, total - hits) / total
    if expected < _SMALL:
        return _exact(first, second)
    pooled = hits / total
    spread = sqrt(pooled * (1 - pooled) * (1 / first.clients + 1 / second.clients))
    return erfc(abs(first.share - second.share) / spread / sqrt(2))


def needed_clients(share_a, share_b, alpha=ALPHA, power=POWER):
    """Clients per script to find the difference of these shares, None for none."""
    if share_a == share_b:
        return None
    curve = NormalDist()
    mean = (share_a + share_b) / 2
    alike = curve.inv_cdf(1 - alpha / 2) * sqrt(2 * mean * (1 - mean))
    apart = share_a * (1 - share_a) + share_b * (1 - share_b)
    apart = curve.inv_cdf(power) * sqrt(apart)
    return ceil(((alike + apart) / (share_a - share_b)) ** 2)


def is_rival(contact_id, share):
    """Whether a contact gets the second script: always the same answer for one.

    :param share: per cent of contacts that get it
    """
    return contact_id * _SCATTER % _SCALE * 100 < share * _SCALE


def _exact(first, second):
    """The sum of all tables with these margins that are no likelier than this one."""
    hits = first.hits + second.hits
    lowest = max(0, hits - second.clients)
    highest = min(hits, first.clients)
    chances = [
        _likelihood(first.clients, second.clients, hits, one)
        for one in range(lowest, highest + 1)
    ]
    seen = chances[first.hits - lowest] * (1 + 1e-9)
    return min(1.0, sum(chance for chance in chances if chance <= seen))


def _likelihood(first, second, hits, one):
    ways = _log_choose(first, one) + _log_choose(second, hits - one)
    return exp(ways - _log_choose(first + second, hits))


def _log_choose(count, chosen):
    return lgamma(count + 1) - lgamma(chosen + 1) - lgamma(count - chosen + 1)
