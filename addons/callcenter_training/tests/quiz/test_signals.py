from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError

from ..common import TrainingCase

NOON = datetime(2026, 3, 2, 7)


class TestSignals(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = ["Learner", "Amateur", "Sportsman", "Master"]
        levels = cls.build_attribute("Level", names)
        for place, ball in enumerate(cls.build_products(5)):
            cls.give(ball, levels, names[place % 4])
        cls.second = cls.build_operator("Operator Two")
        cls.quiz = cls.build_quiz(
            [("Levels", ["level"], 5, {})], avoid_attempts=0, pass_percent=80
        )

    def sit(self, employee, seconds, start=NOON, choose=None):
        """One attempt, ``seconds`` an answer; by default every answer is right."""
        runner = self.runner.with_user(employee.user_id)
        choose = choose or self.right_answer
        with self.at(start) as clock:
            shown = runner.question(runner.start(self.quiz.id)["attempt_id"])
            while "nonce" in shown:
                clock.tick(timedelta(seconds=seconds))
                shown = runner.answer(
                    shown["attempt_id"], shown["position"], choose(shown),
                    shown["nonce"],
                )  # fmt: skip
            return self.attempt_of(runner.submit(shown["attempt_id"]))

    def least_wrong(self, shown):
        """The wrong option whose text comes first: the same for everybody."""
        right = self.right_answer(shown)
        places = [p for p in range(len(shown["options"])) if p not in right]
        return [min(places, key=lambda place: shown["options"][place])]

    def figures(self, attempt):
        return [(signal.kind, signal.figure) for signal in attempt.signal_ids]

    def test_a_quiet_attempt_leaves_no_signal(self):
        self.assertEqual(self.figures(self.sit(self.operator, 12)), [])

    def test_answers_faster_than_reading_leave_a_signal_and_the_mark(self):
        attempt = self.sit(self.operator, 1)
        self.assertEqual(self.figures(attempt), [("fast", 5)])
        self.assertTrue(attempt.passed)

    def test_leaving_the_window_is_counted_by_the_server(self):
        attempt = self.attempt_of(self.runner.start(self.quiz.id))
        for _time in range(3):
            self.runner.leave(attempt.id)
        self.runner.submit(attempt.id)
        self.assertEqual(attempt.focus_lost_count, 3)
        self.assertIn(("focus", 3), self.figures(attempt))
        self.runner.leave(attempt.id)
        self.assertEqual(attempt.focus_lost_count, 3)

    def test_nobody_leaves_the_window_of_another(self):
        attempt = self.attempt_of(self.runner.start(self.quiz.id))
        with self.assertRaises(AccessError):
            self.runner.with_user(self.second.user_id).leave(attempt.id)
        self.assertEqual(attempt.focus_lost_count, 0)

    def test_equal_wrong_answers_of_neighbours_leave_a_signal(self):
        first = self.sit(self.operator, 12, choose=self.least_wrong)
        second = self.sit(
            self.second, 12, NOON + timedelta(seconds=20), self.least_wrong
        )
        signal = second.signal_ids
        self.assertEqual(signal.kind, "same")
        self.assertEqual(signal.other_attempt_id, first)
        self.assertGreaterEqual(signal.figure, 3)

    def test_equal_wrong_answers_of_another_day_are_nothing(self):
        self.sit(self.operator, 12, choose=self.least_wrong)
        later = self.sit(self.second, 12, NOON + timedelta(days=1), self.least_wrong)
        self.assertEqual(self.figures(later), [])

    def test_a_supervisor_says_that_he_has_looked(self):
        signal = self.sit(self.operator, 1).signal_ids
        self.as_("supervisor", signal).action_review()
        self.assertEqual(signal.reviewer_id, self.users["supervisor"])

    def test_the_operator_sees_no_signals(self):
        signal = self.sit(self.operator, 1).signal_ids
        with self.assertRaises(AccessError):
            self.as_("operator", signal).action_review()
        self.assertFalse(signal.reviewer_id)

    def test_nobody_writes_a_signal(self):
        signal = self.sit(self.operator, 1).signal_ids
        for role in ("supervisor", "hr", "director", "trainer"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.as_(role, signal).write({"figure": 0})
        self.assertEqual(signal.figure, 5)
