from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.mastery import knowledge


class TestKnowledge(BaseCase):
    def test_one_right_answer_of_four_proves_little_and_two_prove_it(self):
        once = knowledge.update(0.5, True, 0.25)
        twice = knowledge.update(once, True, 0.25)
        self.assertAlmostEqual(once, 0.7917, places=4)
        self.assertAlmostEqual(twice, 0.9352, places=4)
        self.assertAlmostEqual(knowledge.update(twice, True, 0.25), 0.9821, places=4)

    def test_a_wrong_answer_takes_knowledge_away(self):
        self.assertLess(knowledge.update(0.95, False, 0.25), 0.6)

    def test_a_sample_of_answers_tells_the_whole_between_two_ends(self):
        share, low, high = knowledge.estimate(49, 50)
        self.assertAlmostEqual(share, 0.9733, places=4)
        self.assertAlmostEqual(low, 0.8869, places=4)
        self.assertLess(share, high)
        self.assertEqual(knowledge.estimate(1, 4)[0], 0)
        self.assertIsNone(knowledge.estimate(0, 0))

    def test_one_sitting_of_practice_never_proves_knowledge(self):
        known = 0.5
        for _turn in range(20):
            known = knowledge.update_practice(known, True, 0.25)
        self.assertEqual(known, knowledge.PRACTICE_CAP)
        self.assertLess(known, knowledge.KNOWN)

    def test_practice_does_not_take_away_what_an_exam_proved(self):
        self.assertEqual(knowledge.update_practice(0.97, True, 0.25), 0.97)

    # A busy machine is slow to draw the first values; that is no failure.
    @settings(
        suppress_health_check=[HealthCheck.too_slow], deadline=None, derandomize=True
    )
    @given(st.floats(0, 1), st.booleans(), st.floats(0, 0.9))
    def test_a_probability_stays_a_probability(self, known, right, guess):
        self.assertTrue(0 <= knowledge.update(known, right, guess) <= 1)
