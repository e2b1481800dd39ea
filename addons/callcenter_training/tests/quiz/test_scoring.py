from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.quiz import scoring


class TestScoring(BaseCase):
    def test_single_is_all_or_nothing(self):
        self.assertEqual(scoring.fraction("single", {"right": [2]}, [2]), 1.0)
        self.assertEqual(scoring.fraction("single", {"right": [2]}, [1]), 0.0)
        self.assertEqual(scoring.fraction("single", {"right": [2]}, []), 0.0)

    def test_multiple_takes_false_alarms_off_the_hits(self):
        self.assertEqual(scoring.multiple_fraction([0, 1], [0, 1]), 1.0)
        self.assertEqual(scoring.multiple_fraction([0, 1], [0]), 0.5)
        self.assertEqual(scoring.multiple_fraction([0, 1], [0, 2]), 0.0)
        self.assertEqual(scoring.multiple_fraction([0, 1], [2, 3]), 0.0)

    def test_a_repeated_position_counts_once(self):
        self.assertEqual(scoring.multiple_fraction([0, 1], [0, 0, 0]), 0.5)

    def test_a_number_counts_within_its_tolerance(self):
        key = {"value": 0.3, "tolerance": 0.0}
        self.assertEqual(scoring.fraction("number", key, [0.1 + 0.2]), 1.0)
        key = {"value": 1000.0, "tolerance": 50.0}
        self.assertEqual(scoring.fraction("number", key, [1050]), 1.0)
        self.assertEqual(scoring.fraction("number", key, [1051]), 0.0)

    def test_a_true_zero_can_be_answered_with_zero(self):
        key = {"value": 0.0, "tolerance": 0.0}
        self.assertEqual(scoring.fraction("number", key, [0]), 1.0)

    def test_order_counts_the_places_that_are_right(self):
        self.assertEqual(scoring.placed_fraction([2, 0, 1, 3], [2, 0, 3, 1]), 0.5)
        self.assertEqual(scoring.placed_fraction([1, 0], [0, 1]), 0.0)
        self.assertEqual(scoring.placed_fraction([1, 0], [1, 0]), 1.0)

    def test_the_error_of_a_mark_is_lords_binomial_error(self):
        # 32 of 40: sqrt(0.8 * 0.2 / 39) = 0.06405
        self.assertAlmostEqual(scoring.mark_error(80.0, 40), 6.405, places=3)
        self.assertIsNone(scoring.mark_error(100.0, 1))

    def test_the_wilson_bound_matches_the_published_values(self):
        self.assertAlmostEqual(scoring.wilson_lower(40, 40), 0.937, places=3)
        self.assertAlmostEqual(scoring.wilson_lower(38, 40), 0.860, places=3)
        self.assertAlmostEqual(scoring.wilson_lower(36, 40), 0.795, places=3)
        self.assertAlmostEqual(scoring.wilson_lower(58, 60), 0.904, places=3)

    @settings(
        suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
    )
    @given(
        st.sets(st.integers(0, 5), min_size=1, max_size=4),
        st.lists(st.integers(0, 5), max_size=8),
    )
    def test_no_choice_earns_more_than_everything_or_less_than_nothing(
        self, right, chosen
    ):
        earned = scoring.multiple_fraction(right, chosen)
        self.assertTrue(0.0 <= earned <= 1.0)
        if earned == 1.0:
            self.assertEqual(set(chosen), right)

    @settings(
        suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
    )
    @given(st.sets(st.integers(0, 3), min_size=1, max_size=2))
    def test_ticking_everything_never_pays(self, right):
        self.assertEqual(scoring.multiple_fraction(right, range(4)), 0.0)
