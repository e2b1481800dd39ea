"""Periods by name, as the screens and the letters call them."""

from datetime import timedelta

from ..common.period import add_months, first_of_month, last_of_month

_LENGTHS = {"today": 1, "week": 7, "month": 30, "year": 365}
_QUARTER = 3


def named_period(name, today):
    """First and last day of a period, both included.

    :param str name: ``today``, ``yesterday``, ``week`` (7 days), ``month`` (30 days),
        ``year`` (365 days), ``lastWeek`` (Monday to Sunday), ``thisMonth``,
        ``lastMonth``, ``thisQuarter``, ``thisYear``
    :param date today: the last day of all that reach today
    """
    if name in _LENGTHS:
        return today - timedelta(days=_LENGTHS[name] - 1), today
    if name == "yesterday":
        return today - timedelta(days=1), today - timedelta(days=1)
    if name == "lastWeek":
        monday = today - timedelta(days=today.weekday() + 7)
        return monday, monday + timedelta(days=6)
    if name == "lastMonth":
        first = add_months(first_of_month(today), -1)
        return first, last_of_month(first)
    month = today.month
    if name == "thisQuarter":
        month -= (month - 1) % _QUARTER
    elif name == "thisYear":
        month = 1
    return today.replace(month=month, day=1), today


def is_due(frequency, weekday, month_day, today):
    """Whether something that is sent every day, week or month is sent on ``today``.

    :param weekday: 0 = Monday, of ``week``
    :param month_day: 1 to 31, of ``month``; a shorter month sends on its last day
    """
    if frequency == "week":
        return today.weekday() == weekday
    if frequency == "month":
        return today.day == min(month_day, last_of_month(today).day)
    return True
