"""When a client may be called: hours of the client's own time zone.

Pure functions on naive UTC moments; workdays, weekends and transferred days come
from the ``holidays`` library or from any calendar with the same two methods.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

HORIZON_DAYS = 31


@dataclass(frozen=True)
class Window:
    """Allowed local hours, as floats (8.5 = 08:30); equal bounds = never."""

    workday_from: float
    workday_to: float
    dayoff_from: float
    dayoff_to: float

    def bounds(self, is_dayoff):
        """The hours ``(from, to)`` of a workday or of a day off."""
        if is_dayoff:
            return self.dayoff_from, self.dayoff_to
        return self.workday_from, self.workday_to


@lru_cache(maxsize=16)
def country_calendar(country_code):
    """The public holidays of a country, transferred days included.

    :return: a ``holidays`` calendar, or None for a country the library ignores
    """
    try:
        return holidays.country_holidays(country_code)
    except NotImplementedError:
        return None


def is_dayoff(day, calendar, extra=None):
    """Whether ``day`` is a weekend or a holiday.

    :param calendar: from ``country_calendar``; None leaves weekends alone
    :param extra: the company's own days, ``{date: True | False}``, which win
    """
    if extra and day in extra:
        return extra[day]
    if calendar is None:
        return day.weekday() >= 5
    return not calendar.is_working_day(day)


def to_local(moment, zone):
    """A naive UTC moment as an aware datetime of ``zone`` (an IANA name)."""
    return moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone))


def to_utc(day, hours, zone):
    """The naive UTC moment of a local wall clock given in hours."""
    start = datetime(day.year, day.month, day.day)
    local = (start + timedelta(minutes=round(hours * 60))).replace(
        tzinfo=ZoneInfo(zone)
    )
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def is_open(window, zone, moment, dayoff):
    """Whether a client of ``zone`` may be called at ``moment``.

    :param dayoff: function of a local date -> bool
    """
    day = to_local(moment, zone).date()
    opens, closes = _day_bounds(window, zone, day, dayoff)
    return opens <= moment < closes


def next_opening(window, zone, moment, dayoff):
    """The first moment from ``moment`` on at which the window is open.

    :return: naive UTC datetime, or None when no window opens within a month
    """
    day = to_local(moment, zone).date()
    for shift in range(HORIZON_DAYS):
        opens, closes = _day_bounds(window, zone, day + timedelta(days=shift), dayoff)
        if opens < closes and moment < closes:
            return max(opens, moment)
    return None


def closing(window, zone, moment, dayoff):
    """When the window that is open at ``moment`` closes (naive UTC), or None."""
    day = to_local(moment, zone).date()
    opens, closes = _day_bounds(window, zone, day, dayoff)
    return closes if opens <= moment < closes else None


def calendar_starts(moment, zone):
    """Naive UTC starts of the local day, ISO week and month of ``moment``."""
    day = to_local(moment, zone).date()
    monday = day - timedelta(days=day.weekday())
    first = date(day.year, day.month, 1)
    return tuple(to_utc(start, 0, zone) for start in (day, monday, first))


def _day_bounds(window, zone, day, dayoff):
    opens, closes = window.bounds(dayoff(day))
    return to_utc(day, opens, zone), to_utc(day, closes, zone)


@lru_cache(maxsize=4096)
def open_zones(window, zones, minute, country_code):
    """Which of ``zones`` may be called during one minute.

    :param zones: tuple of IANA names
    :param minute: naive UTC moment cut to the minute, so that answers are reused
    """
    calendar = country_calendar(country_code)

    def dayoff(day):
        return is_dayoff(day, calendar)

    return tuple(zone for zone in zones if is_open(window, zone, minute, dayoff))
