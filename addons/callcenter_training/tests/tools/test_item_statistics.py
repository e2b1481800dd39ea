from odoo.tests import BaseCase

from ...tools import item_statistics as stats

# Worked by hand. Five persons; one question and the rest of the quiz.
MARKS = [1, 1, 1, 0, 0]
RESTS = [9, 7, 8, 4, 2]


class TestItemStatistics(BaseCase):
    def test_facility_is_the_share_right(self):
        self.assertEqual(stats.facility(MARKS), 0.6)
        self.assertIsNone(stats.facility([]))

    def test_discrimination_is_the_correlation_with_the_rest(self):
        # cov = 1.5, var(marks) = 0.3, var(rests) = 8.5: 1.5 / sqrt(2.55) = 0.93934
        self.assertAlmostEqual(stats.covariance(MARKS, RESTS), 1.5)
        self.assertAlmostEqual(stats.discrimination(MARKS, RESTS), 0.93934, places=5)

    def test_discrimination_of_what_everybody_knows_does_not_exist(self):
        self.assertIsNone(stats.discrimination([1, 1, 1], [3, 2, 1]))
        self.assertIsNone(stats.discrimination([1], [3]))

    def test_efficiency_compares_with_the_best_order(self):
        # Those who know the question are the three best: nothing could be better.
        self.assertAlmostEqual(stats.efficiency(MARKS, RESTS), 1.0)
        # The best, the third and the worst: 1.0 / 4 = 0.25 of at most 1.5.
        self.assertAlmostEqual(stats.efficiency([1, 0, 1, 0, 1], RESTS), 0.25 / 1.5)

    def test_a_question_answered_by_the_weak_has_a_negative_sign(self):
        self.assertLess(stats.discrimination([0, 0, 0, 1, 1], RESTS), 0)

    def test_phi_of_a_worked_example(self):
        # Shares 0.9 0.8 0.6 0.5 of 11 questions each.
        # within = 1.1 * mean(.09 .16 .24 .25) = 0.2035; noise = 0.0185
        # var = 0.10 / 3 = 0.033333; between = 0.014833; phi = 0.44500
        phi, error = stats.dependability([(0.9, 11), (0.8, 11), (0.6, 11), (0.5, 11)])
        self.assertAlmostEqual(phi, 0.4450, places=4)
        self.assertAlmostEqual(error, 0.136015, places=5)

    def test_phi_lambda_grows_with_the_distance_from_the_pass_mark(self):
        persons = [(0.9, 11), (0.8, 11), (0.6, 11), (0.5, 11)]
        at_mean, _error = stats.dependability(persons, 0.7)
        far, _error = stats.dependability(persons, 0.3)
        # distance = 0.16 - 0.008333; signal = 0.1665; 0.1665 / 0.185 = 0.9
        self.assertAlmostEqual(far, 0.9, places=4)
        self.assertLess(at_mean, far)

    def test_nothing_is_said_of_one_attempt(self):
        self.assertEqual(stats.dependability([(0.5, 10)]), (None, None))
