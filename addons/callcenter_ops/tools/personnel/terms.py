"""Terms of labour law: months, days that exist, working days."""

import calendar
from datetime import date, timedelta

# What an order can name: before lie the books of another country, behind it nothing.
FIRST_DAY = date(1992, 1, 1)
LAST_DAY = date(2099, 12, 31)


def is_plausible(day):
    """Whether a paper of a working company can name the day."""
    return FIRST_DAY <= day <= LAST_DAY


def add_days(day, days):
    """The day so many days later, or the last one that a calendar has."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def get_last_day(start, months):
    """Last day of a term of months that begins on ``start``.

    It is the eve of the same day of the last month; where that month has no such day,
    the term ends with the month (30 November and three months: 28 February).

    :return: date, or None where the calendar ends before
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    if year > date.max.year:
        return None
    length = calendar.monthrange(year, month)[1]
    if start.day > length:
        return date(year, month, length)
    return date(year, month, start.day) - timedelta(days=1)


def add_working_days(day, days, is_day_off=lambda day: day.weekday() > 4):
    """The day so many working days after ``day`` (itself not counted).

    :param is_day_off: tells days off; without it Saturdays and Sundays
    """
    while days > 0:
        day += timedelta(days=1)
        days -= not is_day_off(day)
    return day


def count_months(start, end):
    """Whole months from ``start`` to ``end``, both days included."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last_day = get_last_day(start, months + 1)
    if last_day and last_day <= end:
        return months + 1
    last_day = get_last_day(start, months) if months > 0 else None
    return months if last_day and last_day <= end else max(months - 1, 0)
