"""Whether a promise to pay was kept: sums and days, no database."""

from dataclasses import dataclass
from datetime import date

OPEN, KEPT, BROKEN = "open", "kept", "broken"


@dataclass(frozen=True)
class Promise:
    """``amount`` until the end of ``due``; payments count from ``made`` on."""

    amount: float
    made: date
    due: date


def paid_in_time(promise, payments):
    """Sum of ``(day, amount)`` payments from the day of the promise to its due day."""
    return sum(amount for day, amount in payments if promise.made <= day <= promise.due)


def settle(promise, payments, today, precision=0.005):
    """What has become of a promise by ``today``.

    Kept as soon as the whole sum is there, broken when the due day has passed
    without it. A payment that is entered late but was made in time still counts,
    so a broken promise can turn into a kept one.

    :param precision: half of the smallest coin
    :return: ``open``, ``kept`` or ``broken``
    """
    if paid_in_time(promise, payments) >= promise.amount - precision:
        return KEPT
    return BROKEN if today > promise.due else OPEN
