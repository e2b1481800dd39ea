from math import sqrt

from odoo.tests import BaseCase

from ...tools.analysis.item_findings import (
    Option,
    beyond_chance,
    judge_figures,
    judge_options,
    pick_discrimination,
)


def option(text, picked, discrimination=0.0, is_right=False):
    return Option(text, is_right, picked, discrimination)


class TestItemFindings(BaseCase):
    """Examples worked by hand."""

    def found(self, count, *options):
        return [(code, one.text) for code, one in judge_options(count, options)]

    def test_the_correlation_of_a_pick(self):
        # Rests 9 7 8 4 2 (sum 30, squares 214), the first three picked it: as the
        # population's correlation of 1 1 1 0 0 with them, 0.93934.
        found = pick_discrimination(5, 3, 30, 214, 24)
        self.assertAlmostEqual(found, 0.93934, places=5)
        # The two others picked this one: the same with the other sign.
        self.assertAlmostEqual(pick_discrimination(5, 2, 30, 214, 6), -found)

    def test_where_all_pick_or_know_alike_there_is_no_correlation(self):
        self.assertIsNone(pick_discrimination(5, 5, 30, 214, 30))
        self.assertIsNone(pick_discrimination(5, 0, 30, 214, 0))
        self.assertIsNone(pick_discrimination(4, 2, 8, 16, 4))

    def test_what_chance_makes_of_thirty_and_of_three_hundred_answers(self):
        self.assertAlmostEqual(beyond_chance(30), 0.3003, places=4)
        self.assertAlmostEqual(beyond_chance(300), 1.645 / sqrt(300))

    def test_a_wrong_option_that_draws_the_best_beside_the_key_is_right_too(self):
        options = (
            option("key", 18, 0.25, is_right=True),
            option("also", 14, 0.35),
            option("weak", 8, -0.6),
        )
        self.assertEqual(self.found(40, *options), [("two_right", "also")])

    def test_a_wrong_option_that_the_best_prefer_to_the_key_is_the_key(self):
        options = (option("key", 12, -0.5, is_right=True), option("true", 28, 0.5))
        self.assertEqual(self.found(40, *options), [("wrong_key", "true")])

    def test_what_may_be_chance_is_not_said(self):
        options = (option("key", 20, -0.2, is_right=True), option("other", 20, 0.2))
        self.assertEqual(self.found(40, *options), [])
        # The same of four hundred answers is beyond it.
        many = (option("key", 200, -0.2, is_right=True), option("other", 200, 0.2))
        self.assertEqual(self.found(400, *many), [("wrong_key", "other")])

    def test_an_option_that_nobody_picks_is_told(self):
        options = (
            option("key", 60, 0.1, is_right=True),
            option("one", 39),
            option("dead", 1),
        )
        self.assertEqual(self.found(100, *options), [("dead", "dead")])

    def test_a_right_option_that_nobody_finds_is_told(self):
        options = (option("key", 0, None, is_right=True), option("one", 40, None))
        self.assertEqual(self.found(40, *options), [("lost", "key")])

    def test_the_figures_of_a_question(self):
        self.assertEqual(judge_figures(40, 0.98, 0.1, 9), ["easy"])
        self.assertEqual(judge_figures(40, 0.10, 0.1, 9), ["hard"])
        self.assertEqual(judge_figures(40, 0.5, -0.3, 1.5), ["negative", "fast"])
        self.assertEqual(judge_figures(40, 0.5, -0.2, 2), [])
        self.assertEqual(judge_figures(40, 0.5, None, None), [])

    def test_nothing_is_said_of_twenty_nine_answers(self):
        self.assertEqual(self.found(29, option("key", 0, None, True)), [])
        self.assertEqual(judge_figures(29, 1.0, -1.0, 1), [])
