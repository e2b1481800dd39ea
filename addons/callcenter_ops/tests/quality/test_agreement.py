from odoo.tests import BaseCase, tagged

from ...tools.quality.agreement import kappa, observed
from ...tools.quality.scorecard import mean_share, score


@tagged("post_install", "-at_install")
class TestAgreement(BaseCase):
    def test_kappa_takes_chance_off(self):
        # 20 + 15 of 50 agree; by chance (25*30 + 25*20) / 2500 = 0.5
        pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10
        pairs += [("n", "n")] * 15
        self.assertEqual(observed(pairs), 0.7)
        self.assertAlmostEqual(kappa(pairs), 0.4)

    def test_nothing_to_compare_has_no_value(self):
        self.assertIsNone(kappa([]))
        self.assertIsNone(observed([]))
        self.assertIsNone(kappa([("y", "y")] * 5))

    def test_what_does_not_apply_is_left_out(self):
        self.assertEqual(score([(20, False, "yes"), (80, False, "na")]), 1)
        self.assertIsNone(score([(20, False, "na")]))
        self.assertEqual(mean_share([None, 0.5, 1]), 0.75)
