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


def pick_lows(low, siblings, rng, count=3):
    """Low bounds of wrong ranges: as often all above the true one as all below.

    :param siblings: low bounds of other products, the closest first
    """
    below, above = Decimal(str(low)), Decimal(str(low))
    near = [float(number) for number in siblings]
    for _step in range(count):
        above, below = bounds(above)[1], _previous(below)
        near += [float(above), float(below)]
    near = list(dict.fromkeys(near))
    lower = rng.randint(0, count)
    return [number for number in near if number < low][:lower] + [
        number for number in near if number > low
    ][: count - lower]


def _previous(low):
    power = Decimal(1).scaleb(low.adjusted())
    mantissa = low / power
    step = {1: Decimal("0.5"), 2: Decimal(1), 5: Decimal(2)}[int(mantissa)]
    return step * power
