"""When work that is left will be done, at the pace of the days before."""

from datetime import timedelta
from math import ceil

# Whatever lies further away is no forecast.
HORIZON_DAYS = 366


def expected_end(today, days_left, dayoff):
    """The working day that ends the work; today is not counted any more.

    :param days_left: days of work, 0 or more, whole or not
    :param dayoff: function of a date -> bool
    :return: date, or None beyond a year
    """
    left, day = ceil(days_left), today
    for _step in range(HORIZON_DAYS):
        if left <= 0:
            return day
        day += timedelta(days=1)
        left -= not dayoff(day)
    return None
