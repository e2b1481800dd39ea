"""Price ranges of the 1-2-5 series, the same in Python and in SQL."""

from decimal import Decimal

# Ranges to choose from, the true one among them.
FEWEST = 3


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
    """Low bounds of wrong ranges: neighbours of the true one in what such goods cost.

    Beyond that only as far as it takes to have something to choose from: a range that
    nobody would believe is no option.

    :param siblings: low bounds of other products
    """
    low = Decimal(str(low))
    known = [low, *(Decimal(str(number)) for number in siblings)]
    ladder = _climb(min(known), max(known))
    while len(ladder) < FEWEST:
        below, above = _previous(ladder[0]), bounds(ladder[-1])[1]
        ladder = [below, *ladder] if rng.random() < 0.5 else [*ladder, above]
    place, last = ladder.index(low), max(0, len(ladder) - count - 1)
    start = rng.randint(min(last, max(0, place - count)), min(last, place))
    return [float(one) for one in ladder[start : start + count + 1] if one != low]


def _climb(first, last):
    """The low bounds from one to another, both included."""
    ladder = [first]
    while ladder[-1] < last:
        ladder.append(bounds(ladder[-1])[1])
    return ladder


def _previous(low):
    power = Decimal(1).scaleb(low.adjusted())
    mantissa = low / power
    step = {1: Decimal("0.5"), 2: Decimal(1), 5: Decimal(2)}[int(mantissa)]
    return step * power
