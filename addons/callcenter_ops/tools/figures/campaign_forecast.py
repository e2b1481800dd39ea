"""When a campaign will be done: who is not settled by an attempt is tried again.

The queue flows day by day, in expected numbers of clients: those tried most often come
first; of the others a share is settled, which depends on the number of the attempt, on
the hour and on the client's zone; the rest waits its days and comes back.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, mean, stdev

from .compare_shares import wilson

# Per cent of forecasts whose interval should hold the truth.
LEVEL = 0.9
# Attempts with which a rare hour or zone is drawn to the mean of all.
_PRIOR = 10
_ROUNDS = 20
# Attempts beyond are rare, and taken for equal.
MOST_ATTEMPTS = 10
_LONGEST = 1000
# Less than half a client is nobody.
_NOBODY = 0.5
_HIGHEST = 0.99


@dataclass(frozen=True)
class Cell:
    """Attempts of one number, hour of the client and zone, and what they settled."""

    attempt: int
    hour: int
    zone: str
    tried: int
    settled: float


@dataclass(frozen=True)
class Terms:
    """``max_attempts``: 0 = no limit; ``retry_days``: days between two attempts."""

    max_attempts: int = 0
    retry_days: int = 0


@dataclass(frozen=True)
class Forecast:
    """Worked days until the end: expected, at best and at worst; None = never."""

    days: int | None
    low: int | None
    high: int | None


class SettleRates:
    """The share of attempts that settle a client: attempt × hour × zone.

    Each is a factor of its own (W. E. Deming, F. F. Stephan, iterative proportional
    fitting, Ann. Math. Stat. 11 (1940), 427-444), drawn to 1 where attempts are few.
    """

    def __init__(self, cells):
        """:param cells: ``Cell`` each"""
        self.cells = list(cells)
        self.tried = sum(cell.tried for cell in self.cells)
        self.settled = sum(cell.settled for cell in self.cells)
        self.share = self.settled / self.tried if self.tried else 0.0
        self._factors = {name: {} for name in ("attempt", "hour", "zone")}
        for _round in range(_ROUNDS if self.share else 0):
            for name in self._factors:
                self._fit(name)
        self._hours = self._get_hours()

    def _fit(self, name):
        expected, seen = defaultdict(float), defaultdict(float)
        others = [other for other in self._factors if other != name]
        for cell in self.cells:
            part = self.share * cell.tried
            for other in others:
                part *= self._factors[other].get(getattr(cell, other), 1.0)
            expected[getattr(cell, name)] += part
            seen[getattr(cell, name)] += cell.settled
        prior = _PRIOR * self.share
        self._factors[name] = {
            key: (seen[key] + prior) / (expected[key] + prior) for key in expected
        }

    def _get_hours(self):
        """Zone -> mean factor of the hours at which it is called; None: of all."""
        tried, weighed = defaultdict(int), defaultdict(float)
        for cell in self.cells:
            factor = self._factors["hour"].get(cell.hour, 1.0)
            for zone in (cell.zone, None):
                tried[zone] += cell.tried
                weighed[zone] += cell.tried * factor
        return {zone: weighed[zone] / tried[zone] for zone in tried if tried[zone]}

    def get(self, attempt, zone, scale=1.0):
        """The share that attempt ``attempt`` (1 = the first) settles in ``zone``."""
        known = self._factors["attempt"]
        last = max(known, default=1)
        rate = self.share * known.get(min(attempt, last), 1.0)
        rate *= self._factors["zone"].get(zone, 1.0)
        rate *= self._hours.get(zone, self._hours.get(None, 1.0))
        return min(rate * scale, _HIGHEST)

    def get_scales(self):
        """What the share of all is multiplied by at the ends of its interval."""
        if not self.settled:
            return 0.0, 1.0
        low, high = wilson(self.settled, self.tried, LEVEL)
        return low / self.share, high / self.share


def pace(counts):
    """``(mean, low, high)`` attempts of a worked day, with the mean's interval.

    :param counts: attempts of each day that was worked
    """
    if not counts:
        return 0.0, 0.0, 0.0
    middle = mean(counts)
    if len(counts) == 1:
        return middle, middle, middle
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    spread = z * stdev(counts) / sqrt(len(counts))
    return middle, max(0.0, middle - spread), middle + spread


def flow(queue, rates, per_day, terms, scale=1.0, days=_LONGEST):
    """Clients who are done with at the end of each worked day, until nobody is left.

    :param queue: ``(attempts made, zone, days to wait) -> clients``
    :param per_day: attempts of a worked day
    :param scale: all shares are multiplied by it
    :param days: the longest look ahead
    :return: list of sums, one a day; shorter than ``days`` where the queue ends
    """
    waiting = defaultdict(lambda: defaultdict(float))
    for (made, zone, wait), clients in queue.items():
        waiting[wait][min(made, MOST_ATTEMPTS), zone] += clients
    total = left = sum(queue.values())
    done = []
    for day in range(days):
        if left < _NOBODY:
            break
        due = waiting.pop(day, {})
        again = waiting[day + max(terms.retry_days, 1)]
        left -= _work(due, again, rates, per_day, terms, scale)
        for key, clients in due.items():
            waiting[day + 1][key] += clients
        done.append(total - left)
    return done


def _work(due, again, rates, per_day, terms, scale):
    """One day: takes clients out of ``due``, puts some ``again``; how many are done."""
    done = 0.0
    for made, zone in sorted(due, key=lambda key: (-key[0], key[1])):
        tried = min(per_day, due[made, zone])
        per_day -= tried
        due[made, zone] -= tried
        settled = tried * rates.get(made + 1, zone, scale)
        if terms.max_attempts and made + 1 >= terms.max_attempts:
            settled = tried
        else:
            again[min(made + 1, MOST_ATTEMPTS), zone] += tried - settled
        done += settled
    return done


def forecast(queue, rates, paces, terms):
    """Worked days until nobody is left.

    :param paces: ``(mean, low, high)`` of ``pace``
    :return: ``Forecast``; its ends have pace and shares both at theirs
    """
    worst, best = rates.get_scales()
    middle, slow, fast = paces
    return Forecast(
        days=_count_days(queue, rates, middle, terms, 1.0),
        low=_count_days(queue, rates, fast, terms, best),
        high=_count_days(queue, rates, slow, terms, worst),
    )


def done_after(queue, rates, paces, terms, days):
    """Clients done with after so many worked days: ``(expected, low, high)``."""
    worst, best = rates.get_scales()
    middle, slow, fast = paces
    ends = ((middle, 1.0), (slow, worst), (fast, best))
    found = (flow(queue, rates, one, terms, scale, days) for one, scale in ends)
    return tuple(path[-1] if path else 0.0 for path in found)


def _count_days(queue, rates, per_day, terms, scale):
    if per_day <= 0:
        return None if sum(queue.values()) >= _NOBODY else 0
    path = flow(queue, rates, per_day, terms, scale)
    return None if len(path) >= _LONGEST else len(path)
