"""The plan of costs against tables worked out by hand."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.budget.cost_plan import (
    difference,
    month_table,
    plan,
    seats_by_month,
    steps_from_moves,
    units_by_month,
)
from ...tools.common.exact_money import exact_sum, to_decimal
from ...tools.common.period import add_months, month_range
from ...tools.workstation.norm import MONTHLY, ONE_TIME, YEARLY, Norm

CUSTOMER = [
    Norm("computer", ONE_TIME, Decimal(1), Decimal(20000)),
    Norm("stationery", MONTHLY, Decimal(1), Decimal(100)),
    Norm("telephone", MONTHLY, Decimal(1), Decimal(6700)),
    Norm("internet", MONTHLY, Decimal(1), Decimal(600)),
]
MARCH = date(2026, 3, 1)
YEAR = month_range(MARCH, 12)

norms = st.lists(
    st.builds(
        Norm,
        st.integers(1, 5),
        st.sampled_from([ONE_TIME, MONTHLY, YEARLY]),
        st.decimals("0.001", "9", places=3),
        st.decimals("0.01", "99999", places=2),
    ),
    unique_by=lambda norm: norm.key,
    max_size=5,
)
seats = st.lists(st.integers(0, 40), min_size=1, max_size=36)


def total(cells):
    return sum((cell.amount for cell in cells), Decimal(0))


class TestCostPlan(BaseCase):
    def test_first_month_costs_27400_and_each_further_month_7400(self):
        cells = plan(CUSTOMER, [1] * 12, YEAR)
        by_month = [
            total(cell for cell in cells if cell.month == month) for month in YEAR
        ]
        self.assertEqual(by_month, [Decimal(27400)] + [Decimal(7400)] * 11)
        self.assertEqual(total(cells), Decimal(108800))

    def test_stationery_bought_once_saves_1100_in_the_year(self):
        once = [
            norm._replace(periodicity=ONE_TIME) if norm.key == "stationery" else norm
            for norm in CUSTOMER
        ]
        self.assertEqual(total(plan(once, [1] * 12, YEAR)), Decimal(107700))

    def test_growing_from_two_to_five_seats_buys_three_computers_later(self):
        steps = {date(2026, 6, 1): 5}
        seats_of_year = seats_by_month(2, steps, YEAR)
        self.assertEqual(seats_of_year, [2, 2, 2] + [5] * 9)
        cells = plan(CUSTOMER, seats_of_year, YEAR)
        computers = {c.month: c.amount for c in cells if c.key == "computer"}
        self.assertEqual(
            computers, {MARCH: Decimal(40000), date(2026, 6, 1): Decimal(60000)}
        )
        self.assertEqual(total(cells), 5 * 20000 + 7400 * (3 * 2 + 9 * 5))

    def test_orders_move_seats_in_their_month(self):
        moves = [
            (date(2026, 2, 10), 1),
            (date(2026, 4, 20), 1),
            (date(2026, 4, 30), 1),
            (date(2026, 5, 31), -1),
            (date(2027, 5, 1), 1),
        ]
        self.assertEqual(
            steps_from_moves(3, moves, YEAR),
            (4, {date(2026, 4, 1): 6, date(2026, 6, 1): 5}),
        )

    def test_a_seat_that_closes_and_opens_again_is_not_bought_twice(self):
        self.assertEqual(units_by_month([3, 1, 3, 4], ONE_TIME), [3, 0, 0, 1])

    def test_a_yearly_item_returns_twelve_months_after_its_seat_opened(self):
        units = units_by_month([1] * 6 + [3] * 19, YEARLY)
        self.assertEqual(
            {month: count for month, count in enumerate(units) if count},
            {0: 1, 6: 2, 12: 1, 18: 2, 24: 1},
        )

    def test_a_yearly_item_of_a_closed_seat_is_not_charged(self):
        units = units_by_month([2] * 12 + [1] * 12, YEARLY)
        self.assertEqual((units[0], units[12]), (2, 1))

    def test_months_are_calendar_months_and_day_31_is_cut(self):
        self.assertEqual(add_months(date(2026, 1, 31), 1), date(2026, 2, 28))
        self.assertEqual(
            month_range(date(2026, 11, 20), 3),
            [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)],
        )

    def test_a_table_has_sums_at_both_edges(self):
        rows, totals = month_table(
            [(1, "PC", 20000), (1, "NET", 0.1), (1, "NET", 0.2), (2, "NET", 600)],
            [1, 2],
            ["PC", "NET"],
        )
        self.assertEqual(
            rows,
            [
                (1, [Decimal("20000"), Decimal("0.3")], Decimal("20000.3")),
                (2, [Decimal(0), Decimal("600")], Decimal("600")),
            ],
        )
        self.assertEqual(totals, [Decimal("20000"), Decimal("600.3")])

    def test_a_tenth_added_ten_times_is_exactly_one(self):
        self.assertEqual(exact_sum([0.1] * 10), Decimal(1))
        self.assertEqual(to_decimal(1.005), Decimal("1.01"))

    @settings(max_examples=200, deadline=None)
    @given(norms, seats)
    def test_sum_of_the_months_is_the_total(self, norms, seats):
        months = month_range(MARCH, len(seats))
        cells = plan(norms, seats, months)
        by_month = sum(
            total(cell for cell in cells if cell.month == month) for month in months
        )
        self.assertEqual(by_month, total(cells))
        self.assertEqual(len({(c.month, c.key) for c in cells}), len(cells))

    @settings(max_examples=200, deadline=None)
    @given(norms, seats, seats, seats)
    def test_two_changes_in_a_row_are_one_change_of_both(self, norms, a, b, c):
        def cells(seats):
            return plan(norms, seats, month_range(MARCH, len(seats)))

        both = difference(cells(a), cells(b)) + difference(cells(b), cells(c))
        self.assertEqual(
            {(x.month, x.key): x.amount for x in difference([], both) if x.amount},
            {
                (x.month, x.key): x.amount
                for x in difference(cells(a), cells(c))
                if x.amount
            },
        )
