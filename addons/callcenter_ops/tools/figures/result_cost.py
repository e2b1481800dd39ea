"""What a call, a contact, a lead and a sale cost. Pure functions on ``Decimal``.

cost of a result = (wage + workplace + overrun) ÷ number of results
"""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MONTHS_A_YEAR = 12
NOTHING = "—"


def workplace_month(norms, life_months):
    """What a seat costs in a month when one-time items are spread over their life.

    monthly + yearly ÷ 12 + one-time ÷ months of life, each item rounded to the cent

    :param norms: iterable of ``tools.cost_plan.Norm``
    :param life_months: ``{key: months}``; months must be positive
    """
    total = Decimal(0)
    for norm in norms:
        months = {"monthly": 1, "yearly": MONTHS_A_YEAR}.get(norm.periodicity)
        amount = norm.quantity * norm.price / (months or life_months[norm.key])
        total += _money(amount)
    return total


def days_share(intervals, start, end):
    """Part of the days from ``start`` to ``end`` (both counted) that intervals cover.

    :param intervals: ``(first day, last day or None)``; overlapping ones count once
    """
    days = set()
    for first, last in intervals:
        begin = max(first or start, start).toordinal()
        days.update(range(begin, min(last or end, end).toordinal() + 1))
    return Decimal(len(days)) / (end.toordinal() - start.toordinal() + 1)


def prorate(amount, share):
    return _money(Decimal(str(amount)) * share)


def per_result(amount, count):
    """Cost of one result; None when there is none."""
    return _money(Decimal(str(amount)) / count) if count else None


def formula(wage, workplace, overrun, count):
    """The calculation in figures, e.g. ``(60000.00 + 8016.67 + 0.00) ÷ 120 = 566.81``.

    Without results it ends in a dash.
    """
    total = sum((Decimal(str(part)) for part in (wage, workplace, overrun)), Decimal(0))
    cost = per_result(total, count)
    parts = f"({wage:.2f} + {workplace:.2f} + {overrun:.2f})"
    return f"{parts} ÷ {count} = {NOTHING if cost is None else cost}"


def _money(amount):
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
