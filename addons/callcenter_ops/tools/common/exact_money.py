"""Amounts without the noise of binary floats. Pure functions on ``Decimal``."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_decimal(value, rounding=CENT):
    """``value`` as an exact amount: binary noise of floats is rounded away.

    :param rounding: smallest unit of the currency, e.g. ``Decimal("0.01")``
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value or 0))
    units = (exact / rounding).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return units * rounding


def exact_sum(values, rounding=CENT):
    """Sum of amounts without the drift of adding floats, as ``Decimal``."""
    return sum((to_decimal(value, rounding) for value in values), Decimal(0))
