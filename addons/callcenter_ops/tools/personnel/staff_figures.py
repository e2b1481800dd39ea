"""Figures of a staff by month: headcount, hires, leavers, turnover, length of service.

Works on stints: ``(first day, last day)`` of one person in the company, both days
worked; the last day is None while the person is here. No Odoo in here.

Average headcount of a period: the sum of the headcounts of its days over the number
of its days, as Russian state statistics define the average list number (notes to form
P-4). Turnover: leavers over the average headcount (ISO 30414, turnover rate).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..common.period import first_of_month, last_of_month

DAYS_IN_MONTH = 365.2425 / 12
FORMULAS = {
    "average": "sum of headcount by day / days",
    "turnover": "leavers / average headcount",
    "service": "sum of days since appointment / headcount / 30.44",
}


@dataclass(frozen=True)
class StaffMonth:
    """One month; ``turnover`` and ``service`` are None when nobody was there.

    ``turnover`` is a share (0.1 = a tenth left), ``service`` months on average of
    those employed at the end of the last counted day.
    """

    first: date
    last: date
    hires: int
    leavers: int
    headcount: int
    average: float
    turnover: float | None
    service: float | None


def pair_stints(events):
    """Stints of a staff out of its orders.

    :param events: iterable of ``(person, day, comes)`` sorted by day, a departure
        before an arrival of the same person on a later day; a departure's day is the
        last worked one
    :return: list of ``(first, last or None)``; a departure without an arrival and a
        second arrival in a row are left out
    """
    open_since, stints = {}, []
    for person, day, comes in events:
        if comes:
            open_since.setdefault(person, day)
        elif person in open_since:
            stints.append((open_since.pop(person), day))
    return stints + [(first, None) for first in open_since.values()]


def month_bounds(day):
    """First and last day of the month of ``day``."""
    return first_of_month(day), last_of_month(day)


def last_months(today, count):
    """``count`` pairs of bounds, the month of ``today`` last and cut at ``today``."""
    months, day = [], today
    for _number in range(count):
        first, last = month_bounds(day)
        months.append((first, min(last, today)))
        day = first - timedelta(days=1)
    return months[::-1]


def staff_month(stints, first, last):
    """The figures of the days from ``first`` to ``last``, as ``StaffMonth``."""
    hires = sum(first <= start <= last for start, _end in stints)
    leavers = sum(end is not None and first <= end <= last for _start, end in stints)
    here = [start for start, end in stints if start <= last and _lasts(end, last)]
    days = sum(_overlap(start, end, first, last) for start, end in stints)
    average = days / ((last - first).days + 1)
    served = sum((last - start).days + 1 for start in here)
    return StaffMonth(
        first=first,
        last=last,
        hires=hires,
        leavers=leavers,
        headcount=len(here),
        average=average,
        turnover=leavers / average if average else None,
        service=served / len(here) / DAYS_IN_MONTH if here else None,
    )


def _lasts(end, day):
    """Whether somebody whose last day is ``end`` is still here when ``day`` is over."""
    return end is None or end > day


def _overlap(start, end, first, last):
    until = last if end is None else min(end, last)
    return max((until - max(start, first)).days + 1, 0)
