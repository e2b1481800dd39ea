"""What workplaces cost, month by month.

Pure functions on ``Decimal``: norms of one seat and the number of seats in, cells of
a plan out. Every cell is rounded by itself, so totals equal the sum of what is shown.
"""

from collections import defaultdict
from collections.abc import Hashable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..common.exact_money import CENT, to_decimal
from ..common.period import MONTHS_A_YEAR, add_months, first_of_month
from ..workstation.norm import MONTHLY, ONE_TIME


class Cell(NamedTuple):
    """What all seats take of one item in one month."""

    month: date
    key: Hashable
    quantity: Decimal
    amount: Decimal
    periodicity: str = ONE_TIME


def month_table(cells, months, keys, rounding=CENT):
    """Amounts as a table with sums at both edges.

    :param cells: iterable of ``(month, key, amount)``; amounts of one place add up
    :return: ``(rows, totals)``: rows are ``(month, [amount by key], sum)``, totals
        ``[sum by key]``
    """
    places = defaultdict(Decimal)
    for month, key, amount in cells:
        places[month, key] += to_decimal(amount, rounding)
    rows = []
    for month in months:
        amounts = [places[month, key] for key in keys]
        rows.append((month, amounts, sum(amounts, Decimal(0))))
    columns = zip(*(amounts for _month, amounts, _sum in rows), strict=True)
    return rows, [sum(column, Decimal(0)) for column in columns]


def seats_by_month(seats, steps, months):
    """Seats open in each month.

    :param seats: seats at the start
    :param steps: ``{first day of a month: seats from that month on}``
    :param months: first days of the months, ascending
    """
    known = sorted(steps.items())
    return [
        next((count for start, count in reversed(known) if start <= month), seats)
        for month in months
    ]


def steps_from_moves(seats, moves, months):
    """Seats at the start and the months in which their number changes.

    :param seats: seats today
    :param moves: ``(day, +1 or -1)``: who comes takes a seat in that month, who goes
        frees it in the next
    :param months: first days of the months, ascending
    :return: ``(seats of the first month, {first day of a month: seats})``
    """
    changes = defaultdict(int)
    for day, move in moves:
        month = first_of_month(day)
        month = month if move > 0 else add_months(month, 1)
        changes[max(month, months[0])] += move
    start = max(0, seats + changes.pop(months[0], 0))
    steps, current = {}, start
    for month in months[1:]:
        if changes.get(month):
            current = max(0, current + changes[month])
            steps[month] = current
    return start, steps


def units_by_month(seats, periodicity):
    """How many seats are charged in each month.

    Seats are numbered: seat 3 is open whenever at least three seats are. A one-time
    item is charged when its seat opens for the first time, so seats that close and
    open again are not bought twice; a yearly one every twelve months from then on.
    """
    if periodicity == MONTHLY:
        return list(seats)
    opened = _opened_by_month(seats)
    if periodicity == ONE_TIME:
        return [last - first for first, last in opened]
    return [
        sum(
            max(0, min(last, seats[month]) - first)
            for first, last in opened[month % MONTHS_A_YEAR : month + 1 : MONTHS_A_YEAR]
        )
        for month in range(len(seats))
    ]


def _opened_by_month(seats):
    """``(seats ever open before, seats ever open)`` of each month."""
    peak = 0
    opened = []
    for count in seats:
        opened.append((peak, max(peak, count)))
        peak = max(peak, count)
    return opened


def plan(norms, seats, months, rounding=CENT):
    """Cells of the plan, by month and then in the order of the norms.

    :param norms: iterable of ``Norm``
    :param seats: seats open in each of ``months``
    :return: list of ``Cell``; months in which an item costs nothing have none
    """
    charged = [(norm, units_by_month(seats, norm.periodicity)) for norm in norms]
    return [
        Cell(
            month,
            norm.key,
            norm.quantity * units[index],
            to_decimal(norm.quantity * units[index] * norm.price, rounding),
            norm.periodicity,
        )
        for index, month in enumerate(months)
        for norm, units in charged
        if units[index]
    ]


def plan_by_norms(norms_by_month, seats, months, rounding=CENT):
    """Cells of a plan whose norms change on the way.

    What a seat once got stays: a one-time item is charged by the norms of the month
    in which its seat opened.

    :param norms_by_month: for each of ``months`` a tuple of ``Norm``
    """
    plans = {
        norms: plan(norms, seats, months, rounding) for norms in set(norms_by_month)
    }
    in_force = dict(zip(months, norms_by_month, strict=True))
    return [
        cell
        for month in months
        for cell in plans[in_force[month]]
        if cell.month == month
    ]


def difference(before, after):
    """What ``after`` costs more than ``before``, by month and item.

    :param before: iterable of ``Cell``
    :param after: iterable of ``Cell``
    :return: list of ``Cell``; equal ones are left out
    """
    quantities = defaultdict(Decimal)
    amounts = defaultdict(Decimal)
    for cells, sign in ((before, -1), (after, 1)):
        for cell in cells:
            key = (cell.month, cell.key, cell.periodicity)
            quantities[key] += sign * cell.quantity
            amounts[key] += sign * cell.amount
    return [
        Cell(month, key, quantities[month, key, period], amount, period)
        for (month, key, period), amount in amounts.items()
        if amount or quantities[month, key, period]
    ]


def forecast(planned, spent, month, today):
    """What a month will have cost: spent when it is over, planned before it starts.

    While it runs: what was spent, but at least the plan.
    """
    current = first_of_month(today)
    if not month or month > current:
        return planned
    return spent if month < current else max(planned, spent)


def warning_level(spent, planned, levels=(90, 100)):
    """The highest of ``levels`` (per cent of the plan) that is reached, or 0."""
    reached = [level for level in levels if spent and spent * 100 >= planned * level]
    return max(reached, default=0)
