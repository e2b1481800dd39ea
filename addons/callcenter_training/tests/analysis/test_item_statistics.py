from statistics import fmean, pstdev

from odoo.tests import BaseCase

from ...tools.analysis import item_statistics as stats

# Worked by hand. Five persons; one question and the rest of the quiz.
MARKS = [1, 1, 1, 0, 0]
RESTS = [9, 7, 8, 4, 2]

# Thirty departments rated by their clerks (S. Chatterjee and B. Price, "Regression
# Analysis by Example", 1977; the set "attitude" of R). W. Revelle's package psych
# prints the corrected item-total correlations (r.drop) of alpha(attitude).
ATTITUDE = {
    "rating": (0.67, "43 63 71 61 81 43 58 71 72 67 64 67 69 68 77"
               " 81 74 65 65 50 50 64 53 40 63 66 78 48 85 82"),
    "complaints": (0.74, "51 64 70 63 78 55 67 75 82 61 53 60 62 83 77"
                   " 90 85 60 70 58 40 61 66 37 54 77 75 57 85 82"),
    "privileges": (0.56, "30 51 68 45 56 49 42 50 72 45 53 47 57 83 54"
                   " 50 64 65 46 68 33 52 52 42 42 66 58 44 71 39"),
    "learning": (0.71, "39 54 69 47 66 44 56 55 67 47 58 39 42 45 72"
                 " 72 69 75 57 54 34 62 50 58 48 63 74 45 71 59"),
    "raises": (0.79, "61 63 76 54 71 54 66 70 71 62 58 59 55 59 79"
               " 60 79 55 75 64 43 66 63 50 66 88 80 51 77 64"),
    "critical": (0.27, "92 73 86 84 83 49 68 66 83 80 67 74 63 77 77"
                 " 54 79 80 85 78 64 80 80 57 75 76 78 83 74 78"),
    "advance": (0.46, "45 47 48 35 47 34 35 41 31 41 34 41 25 35 46"
                " 36 63 60 46 52 33 41 37 49 33 72 49 38 55 39"),
}  # fmt: skip


def brennan(size, centre, spread, cut):
    """Phi(lambda) by the short cut of R. L. Brennan, "Some Statistical Procedures for
    Domain-Referenced Testing" (ACT Technical Bulletin 38, 1981).

    :param spread: standard deviation of the shares, divided by their number
    """
    noise = centre * (1 - centre) - spread**2
    return 1 - noise / (size - 1) / ((centre - cut) ** 2 + spread**2)


class TestItemStatistics(BaseCase):
    def test_facility_is_the_share_right(self):
        self.assertEqual(stats.facility(MARKS), 0.6)
        self.assertIsNone(stats.facility([]))

    def test_discrimination_is_the_correlation_with_the_rest(self):
        # cov = 1.5, var(marks) = 0.3, var(rests) = 8.5: 1.5 / sqrt(2.55) = 0.93934
        self.assertAlmostEqual(stats.covariance(MARKS, RESTS), 1.5)
        self.assertAlmostEqual(stats.discrimination(MARKS, RESTS), 0.93934, places=5)

    def test_discrimination_of_a_published_example(self):
        marks = {name: [*map(int, row.split())] for name, (_r, row) in ATTITUDE.items()}
        totals = [sum(row) for row in zip(*marks.values(), strict=True)]
        for name, (published, _row) in ATTITUDE.items():
            rests = [t - m for t, m in zip(totals, marks[name], strict=True)]
            found = stats.discrimination(marks[name], rests)
            # 0.265 is printed as 0.27, which half a unit of the last place allows.
            self.assertAlmostEqual(found, published, delta=0.0051, msg=name)

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

    def test_phi_lambda_is_the_published_short_cut(self):
        shares = [0.95, 0.9, 0.85, 0.85, 0.8, 0.75, 0.7, 0.6, 0.55, 0.4]
        centre, spread = fmean(shares), pstdev(shares)
        for size in (20, 40):
            for cut in (0.5, 0.7, centre, 0.8, 0.95):
                found, _error = stats.dependability([(s, size) for s in shares], cut)
                published = brennan(size, centre, spread, cut)
                self.assertAlmostEqual(found, published, places=12)

    def test_phi_lambda_at_the_mean_is_kuder_and_richardsons_formula_21(self):
        # 50 questions, mean 40, standard deviation 6:
        # KR-21 = 50/49 * (1 - 40 * 10 / (50 * 36)) = 0.79365
        found, _error = stats.dependability([(0.92, 50), (0.68, 50)], 0.8)
        self.assertAlmostEqual(found, 0.79365, places=5)

    def test_nothing_is_said_of_one_attempt(self):
        self.assertEqual(stats.dependability([(0.5, 10)]), (None, None))
