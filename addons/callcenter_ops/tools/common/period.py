"""Months and periods of days, and sums that come in two parts."""

from calendar import monthrange
from datetime import date, timedelta

from babel.dates import format_date

MONTHS_A_YEAR = 12
# Up to this many days a period is drawn by days, beyond it by months.
LONGEST_BY_DAYS = 92


def first_of_month(day):
    return day.replace(day=1)


def last_of_month(day):
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day, count):
    """``day`` moved by ``count`` months; the day is cut to the length of the month."""
    index = day.year * MONTHS_A_YEAR + day.month - 1 + count
    year, month = divmod(index, MONTHS_A_YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_range(date_from, months):
    """First days of ``months`` calendar months, the month of ``date_from`` first."""
    first = first_of_month(date_from)
    return [add_months(first, count) for count in range(months)]


def is_by_month(first, last):
    """Whether days would be too many to be told apart on one picture."""
    return (last - first).days >= LONGEST_BY_DAYS


def whole_months(first, last):
    """The whole calendar months within ``[first, last]``.

    :return: ``(first day of the first month, day after the last one)`` or None
    """
    start = first if first.day == 1 else add_months(first_of_month(first), 1)
    end = first_of_month(last + timedelta(days=1))
    return (start, end) if start < end else None


def list_steps(first, last, step):
    """First days of every step that ``[first, last]`` touches, in order.

    :param step: ``day`` or ``month``
    """
    if step == "day":
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]
    start, end = first_of_month(first), first_of_month(last)
    count = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    return [add_months(start, number) for number in range(count + 1)]


def earlier_period(first, last, kind):
    """The period that ``[first, last]`` is compared with.

    :param kind: ``before`` as many days just before it, ``week`` the same weekdays
        before it, ``month`` or ``year`` the same dates a month or a year earlier
    :return: its first and last day
    """
    if kind in ("month", "year"):
        count = 1 if kind == "month" else MONTHS_A_YEAR
        return add_months(first, -count), _move_end(first, last, count)
    length = (last - first).days + 1
    days = timedelta(days=length if kind == "before" else -(-length // 7) * 7)
    return first - days, last - days


def _move_end(first, last, count):
    """Whole months are compared with whole months, however long those are."""
    end = add_months(last, -count)
    is_whole = first.day == 1 and last == last_of_month(last)
    return last_of_month(end) if is_whole else end


def add_rows(rows, keys):
    """Rows with the same first ``keys`` values added up; None counts as nothing."""
    sums = {}
    for row in rows:
        kept = sums.setdefault(row[:keys], [0] * (len(row) - keys))
        for place, value in enumerate(row[keys:]):
            kept[place] += value or 0
    return [(*key, *values) for key, values in sums.items()]


def period_label(first, period, locale):
    """The name of a ``month`` or ``week`` on an axis: ``Oct 2026``, ``23-29 Nov``.

    :param first: its first day, date or datetime
    """
    if period == "month":
        return format_date(first, "LLL yyyy", locale=locale)
    last = first + timedelta(days=6)
    begin = "d" if first.month == last.month else "d MMM"
    between = "-" if begin == "d" else " - "
    days = [(first, begin), (last, "d MMM")]
    return between.join(format_date(day, form, locale=locale) for day, form in days)
