import random
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.bank import price_range


class TestPriceRange(BaseCase):
    def test_ranges_follow_the_1_2_5_series(self):
        self.assertEqual(price_range.bounds(1990), (1000, 2000))
        self.assertEqual(price_range.bounds(2000), (2000, 5000))
        self.assertEqual(price_range.bounds(7), (5, 10))
        self.assertEqual(price_range.bounds("0.15"), (Decimal("0.1"), Decimal("0.2")))

    def test_no_range_without_a_price(self):
        self.assertIsNone(price_range.bounds(0))
        self.assertIsNone(price_range.bounds(-5))

    def lows(self, low, siblings):
        """Every set of wrong ranges that is drawn."""
        return {
            tuple(sorted(price_range.pick_lows(low, siblings, random.Random(seed))))
            for seed in range(60)
        }

    def test_wrong_ranges_lie_around_the_true_one_at_any_place(self):
        self.assertEqual(self.lows(1000, []), {(200, 500), (500, 2000), (2000, 5000)})

    def test_wrong_ranges_are_those_such_goods_may_cost(self):
        self.assertEqual(self.lows(1000, [5000]), {(2000, 5000)})
        self.assertEqual(
            self.lows(1000, [500, 10000]),
            {(500, 2000, 5000), (2000, 5000, 10000)},
        )

    @settings(
        suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
    )
    @given(st.decimals("0.01", "9999999", places=2))
    def test_every_price_lies_in_its_own_range(self, price):
        low, high = price_range.bounds(price)
        self.assertTrue(low <= price < high)
        wrong = price_range.pick_lows(float(low), [], random.Random(1))
        self.assertNotIn(low, wrong)
        self.assertEqual(len(set(wrong)), 2)
