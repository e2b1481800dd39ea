"""How often one client may be called: rolling and calendar limits."""

from dataclasses import dataclass
from datetime import timedelta

from ..common.period import add_months, first_of_month
from .call_window import calendar_starts, to_local, to_utc

ROLLING = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
LONGEST = timedelta(days=31)
# Calls from so long ago on are all that any limit counts, in every time zone.
EARLIEST = LONGEST + timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """Calls allowed a day, a week and a month; 0 = no limit.

    ``period`` is rolling (24 hours, 7 and 30 days), calendar (the client's day, ISO
    week and month) or strict (both at once, as cautious readings of 230-FZ ask).
    """

    day: int = 0
    week: int = 0
    month: int = 0
    period: str = "strict"


def allowed_from(moments, now, limits, zone):
    """The first moment, not before ``now``, at which one more call is allowed.

    :param moments: naive UTC beginnings of earlier calls, in any order
    :param zone: IANA zone of the client, for the calendar periods
    """
    past = sorted(moment for moment in moments if moment <= now)
    counts = (limits.day, limits.week, limits.month)
    answers = [now]
    if limits.period in ("rolling", "strict"):
        answers += [
            _rolling(past, now, count, length)
            for count, length in zip(counts, ROLLING, strict=True)
        ]
    if limits.period in ("calendar", "strict"):
        starts = zip(calendar_starts(now, zone), _next_starts(now, zone), strict=True)
        answers += [
            _calendar(past, now, count, start, following)
            for count, (start, following) in zip(counts, starts, strict=True)
        ]
    return max(answers)


def fits_between(moments, moment, limits, zone):
    """Whether one more call at ``moment`` leaves every later one within the limits.

    For what is written down afterwards: a call may be allowed by those before it and
    still be one too many for those that came after it.

    :param moments: naive UTC beginnings of the known calls, in any order
    """
    calls = sorted([*moments, moment])
    return all(
        allowed_from(calls[:place], call, limits, zone) == call
        for place, call in enumerate(calls)
        if call > moment
    )


def _rolling(past, now, count, length):
    recent = [moment for moment in past if moment > now - length]
    if not count or len(recent) < count:
        return now
    return recent[-count] + length


def _calendar(past, now, count, start, following):
    current = [moment for moment in past if moment >= start]
    return following if count and len(current) >= count else now


def _next_starts(now, zone):
    day = to_local(now, zone).date()
    monday = day - timedelta(days=day.weekday())
    month = add_months(first_of_month(day), 1)
    following = (day + timedelta(days=1), monday + timedelta(days=7), month)
    return tuple(to_utc(start, 0, zone) for start in following)
