from odoo.tests import BaseCase

from ...tools.quiz import signals


class TestSignals(BaseCase):
    def test_answers_faster_than_reading_are_counted_from_four_on(self):
        self.assertEqual(signals.fast_answers([0.5, 1, 1.9, 1.5, 30]), 4)
        self.assertEqual(signals.fast_answers([0.5, 1, 1.9, 30, 30]), 0)

    def test_a_quarter_of_a_long_quiz_must_be_fast(self):
        self.assertEqual(signals.fast_answers([1] * 9 + [20] * 31), 0)
        self.assertEqual(signals.fast_answers([1] * 10 + [20] * 30), 10)

    def test_looking_away_twice_is_nothing(self):
        self.assertEqual(signals.focus_losses(2), 0)
        self.assertEqual(signals.focus_losses(3), 3)

    def test_three_equal_errors_of_five_are_looked_at(self):
        own = {n: (str(n),) for n in range(5)}
        other = own | {3: ("x",), 4: ("y",)}
        self.assertEqual(signals.same_errors(own, other), 3)

    def test_few_equal_errors_among_many_are_chance(self):
        own = {n: (str(n),) for n in range(8)}
        other = {n: (str(n if n < 3 else -n),) for n in range(8)}
        self.assertEqual(signals.same_errors(own, other), 0)

    def test_errors_in_different_questions_have_nothing_in_common(self):
        self.assertEqual(signals.same_errors({1: ("a",)}, {2: ("a",)}), 0)

    def test_four_practised_answers_faster_than_reading_are_looked_at(self):
        quick, slow = (True, 2, True), (True, 12, True)
        self.assertEqual(signals.learnt_answers([quick] * 4 + [slow] * 4), 4)
        self.assertEqual(signals.learnt_answers([quick] * 4 + [slow] * 5), 0)
        self.assertEqual(signals.learnt_answers([quick] * 3), 0)

    def test_quick_answers_to_what_practice_never_showed_are_knowledge(self):
        self.assertEqual(signals.learnt_answers([(True, 2, False)] * 8), 0)

    def test_knowing_what_was_practised_and_nothing_else_is_looked_at(self):
        practised = [(True, 12, True)] * 5
        unseen = [(False, 12, False)] * 3 + [(True, 12, False)]
        self.assertEqual(signals.learnt_answers(practised + unseen), 5)
        self.assertEqual(signals.learnt_answers(practised + unseen[1:]), 0)
        half = [(False, 12, False)] + [(True, 12, False)] * 3
        self.assertEqual(signals.learnt_answers(practised + half), 0)
