from odoo.tests import BaseCase, tagged

from ...tools.analysis.interval import wilson


@tagged("post_install", "-at_install")
class TestInterval(BaseCase):
    def test_the_interval_of_a_known_example(self):
        # 81 of 263: 0.2553 to 0.3662 (R. G. Newcombe, Statistics in Medicine, 1998)
        low, high = wilson(81, 263)
        self.assertAlmostEqual(low, 0.2553, places=4)
        self.assertAlmostEqual(high, 0.3662, places=4)

    def test_no_case_says_nothing(self):
        self.assertEqual(wilson(0, 0), (0.0, 1.0))

    def test_one_case_says_little(self):
        low, high = wilson(1, 1)
        self.assertAlmostEqual(low, 0.2065, places=4)
        self.assertEqual(high, 1.0)
