from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.quiz import scoring
from ...tools.quiz.filling import fill


class TestFilling(BaseCase):
    """Questions and cases of several that make up a quota."""

    def test_the_first_ones_are_taken_where_they_make_it(self):
        self.assertEqual(fill([1, 1, 1, 1], 3), (0, 1, 2))
        self.assertEqual(fill([1, 3, 1], 4), (0, 1))

    def test_what_leaves_a_gap_makes_room_for_what_fits(self):
        self.assertEqual(fill([4, 3, 3], 6), (1, 2))
        self.assertEqual(fill([1] * 8 + [3] * 4, 18), (*range(6), 8, 9, 10, 11))

    def test_as_much_as_fits_where_nothing_makes_it(self):
        self.assertEqual(fill([3, 3], 5), (0,))
        self.assertEqual(fill([3], 2), ())
        self.assertEqual(fill([], 2), ())

    @settings(deadline=None, derandomize=True)
    @given(st.lists(st.integers(1, 6), max_size=12), st.integers(0, 20))
    def test_it_is_never_too_much_and_never_less_than_can_be(self, sizes, count):
        reachable = {0}
        for size in sizes:
            reachable |= {total + size for total in reachable}
        made = sum(sizes[place] for place in fill(sizes, count))
        self.assertEqual(made, max(total for total in reachable if total <= count))


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
