"""Periods of days, and sums that come in two parts."""

from datetime import timedelta

# Up to this many days a period is drawn by days, beyond it by months.
LONGEST_BY_DAYS = 92


def is_by_month(first, last):
    """Whether days would be too many to be told apart on one picture."""
    return (last - first).days >= LONGEST_BY_DAYS


def whole_months(first, last):
    """The whole calendar months within ``[first, last]``.

    :return: ``(first day of the first month, day after the last one)`` or None
    """
    start = first if first.day == 1 else _next_month(first)
    end = (last + timedelta(days=1)).replace(day=1)
    return (start, end) if start < end else None


def _next_month(day):
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def add_rows(rows, keys):
    """Rows with the same first ``keys`` values added up; None counts as nothing."""
    sums = {}
    for row in rows:
        kept = sums.setdefault(row[:keys], [0] * (len(row) - keys))
        for place, value in enumerate(row[keys:]):
            kept[place] += value or 0
    return [(*key, *values) for key, values in sums.items()]
