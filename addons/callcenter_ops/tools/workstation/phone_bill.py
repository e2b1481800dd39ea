"""What telephone lines cost by their packages. Pure functions on ``Decimal``."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..common.exact_money import CENT
from ..common.period import last_of_month

MINUTE = Decimal(60)
_TENTH = Decimal("0.1")


class Package(NamedTuple):
    """The rules of a package; ``price`` is that of a minute beyond the included."""

    fee: Decimal
    free_district: str
    included: int
    price: Decimal
    is_pooled: bool = False


class Bill(NamedTuple):
    """One line's month: minutes and money."""

    free_minutes: Decimal
    counted_minutes: Decimal
    left_minutes: Decimal
    over_minutes: Decimal
    overrun: Decimal
    total: Decimal


def to_minutes(seconds):
    return (Decimal(seconds) / MINUTE).quantize(_TENTH, rounding=ROUND_HALF_UP)


def bill(package, usage):
    """The month of the lines of one package.

    Minutes outside the free district count against the included ones; what is beyond
    costs ``price`` each. With pooled minutes all lines share one pot, and the overrun
    falls on the lines by the minutes they counted, to the cent.

    :param usage: ``{line: {district: seconds}}``, seconds rounded up call by call;
        the district is empty where it is not known, which is never free
    :return: ``{line: Bill}``
    """
    split = {line: _split(package, districts) for line, districts in usage.items()}
    if not package.is_pooled:
        return {
            line: _bill_line(package, free, counted, package.included)
            for line, (free, counted) in split.items()
        }
    return _bill_pool(package, split)


def _split(package, districts):
    free = sum(
        seconds
        for district, seconds in districts.items()
        if district and district == package.free_district
    )
    return to_minutes(free), to_minutes(sum(districts.values()) - free)


def _bill_line(package, free, counted, included):
    over = max(Decimal(0), counted - included)
    overrun = _money(over * package.price)
    return Bill(
        free, counted, included - counted + over, over, overrun, package.fee + overrun
    )


def _bill_pool(package, split):
    counted = sum((minutes for _free, minutes in split.values()), Decimal(0))
    included = package.included * len(split)
    over = max(Decimal(0), counted - included)
    shares = share_amount(
        _money(over * package.price),
        {line: minutes for line, (_free, minutes) in split.items()},
    )
    left = max(Decimal(0), included - counted)
    return {
        line: Bill(
            free,
            minutes,
            left,
            _part(over, minutes, counted),
            shares[line],
            package.fee + shares[line],
        )
        for line, (free, minutes) in split.items()
    }


def share_amount(amount, weights):
    """``amount`` split by ``weights`` to the cent; the parts add up to it exactly.

    What rounding leaves goes to the heaviest; without any weight all parts are equal.
    """
    if not weights:
        return {}
    total = sum(weights.values(), Decimal(0))
    if not total:
        weights = dict.fromkeys(weights, Decimal(1))
        total = Decimal(len(weights))
    parts = {key: _money(amount * weight / total) for key, weight in weights.items()}
    heaviest = max(weights, key=lambda key: weights[key])
    parts[heaviest] += amount - sum(parts.values(), Decimal(0))
    return parts


def forecast_minutes(used, today):
    """Minutes at the end of the month when it goes on as until ``today``.

    used ÷ days gone (today included) × days of the month
    """
    days = last_of_month(today).day
    return (Decimal(used) * days / today.day).quantize(_TENTH, rounding=ROUND_HALF_UP)


def _part(amount, weight, total):
    if not total:
        return Decimal(0)
    return (amount * weight / total).quantize(_TENTH, rounding=ROUND_HALF_UP)


def _money(amount):
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
