import random
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.bank import options

texts = st.lists(st.text("aаёеAЁ b1", min_size=1, max_size=4), max_size=12)


class TestOptions(BaseCase):
    def test_texts_that_read_alike_are_one_option(self):
        picked = options.pick_wrong(["Мяч"], ["мяч ", "Лёд", "лед", "Снег"])
        self.assertEqual(picked, ["Лёд", "Снег"])

    def test_plausible_numbers_keep_the_rounding_of_the_price(self):
        self.assertEqual(options.plausible_numbers(1990)[:3], [2190, 1790, 2290])

    def test_plausible_numbers_of_a_small_price_stay_positive(self):
        numbers = options.plausible_numbers(0.05)
        self.assertGreaterEqual(len(numbers), 3)
        self.assertTrue(all(number > 0 and number != 0.05 for number in numbers))

    def test_the_true_number_is_as_often_first_as_last(self):
        places = Counter()
        for seed in range(400):
            wrong = options.pick_numbers(1990, [1890, 2090], random.Random(seed))
            self.assertEqual(len(set(wrong) - {1990}), 3)
            places[sorted([1990, *wrong]).index(1990)] += 1
        self.assertEqual(set(places), {0, 1, 2, 3})
        self.assertTrue(all(70 < count < 130 for count in places.values()), places)

    def test_options_of_one_kind_have_one_shape(self):
        for one, other, alike in (
            ("160 см", "170 см", True), ("160 см", "XL", False), ("S – L", "M", True),
            ("LZ-0001", "LZ-0002", True), ("LZ-0001", "LB-0001", False),
            ("красный", "синий", True), ("2 месяца", "6 месяцев", True),
            ("один размер", "16 кг", False),
        ):  # fmt: skip
            with self.subTest(one=one, other=other):
                self.assertEqual(options.shape(one) == options.shape(other), alike)

    @settings(
        suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
    )
    @given(texts, texts)
    def test_a_wrong_option_never_reads_like_a_true_one(self, true, candidates):
        picked = options.pick_wrong(true, candidates)
        shown = [options.normalise(text) for text in picked]
        self.assertFalse(set(shown) & {options.normalise(text) for text in true})
        self.assertEqual(len(shown), len(set(shown)))
        self.assertLessEqual(len(shown), 3)

    @settings(
        suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
    )
    @given(st.integers(0, 2**32))
    def test_arranging_keeps_every_option_and_knows_the_right_ones(self, seed):
        shown, right = options.arrange(["A", "B"], ["c", "d"], random.Random(seed))
        self.assertEqual(sorted(shown), ["A", "B", "c", "d"])
        self.assertEqual({shown[place] for place in right}, {"A", "B"})

    @settings(
        suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
    )
    @given(st.floats(0.01, 1e7, allow_nan=False))
    def test_plausible_numbers_differ_from_the_truth(self, value):
        self.assertNotIn(value, options.plausible_numbers(value))
