"""Price ranges of the 1-2-5 series, the same in Python and in SQL."""

from decimal import Decimal


def bounds(price):
    """``(low, high)`` of the range that holds ``price``: 1-2-5 times a power of ten.

    The low bound belongs to the range, the high one does not. None for prices that
    are not positive.
    """
    price = Decimal(str(price))
    if price <= 0:
        return None
    power = Decimal(1).scaleb(price.adjusted())
    mantissa = price / power
    for low, high in ((5, 10), (2, 5), (1, 2)):
        if mantissa >= low:
            return low * power, high * power
    return None


def neighbours(low, count=6):
    """Low bounds of the ranges around ``low``, the nearest first."""
    low = Decimal(str(low))
    below, above, found = low, low, []
    while len(found) < count:
        above = bounds(above)[1]
        below = _previous(below)
        found += [above, below]
    return found[:count]


def _previous(low):
    power = Decimal(1).scaleb(low.adjusted())
    mantissa = low / power
    step = {1: Decimal("0.5"), 2: Decimal(1), 5: Decimal(2)}[int(mantissa)]
    return step * power
