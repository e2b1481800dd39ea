from odoo.exceptions import AccessError, UserError

from ..common import TrainingCase


class TestRegrade(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(10)
        cls.quiz = cls.build_quiz(pass_percent=80)
        cls.quiz._transition({"job_ids": cls.job.ids})

    def failed_attempt(self):
        return self.attempt_of(self.take(self.quiz, 3))

    def wizard(self, attempt, role="director", **decisions):
        wizard = (
            self.env["callcenter.quiz.regrade"]
            .with_user(self.users[role])
            .with_context(default_attempt_id=attempt.id)
            .create({"reason": "The price list was wrong."})
        )
        lines = {line.place: line for line in wizard.line_ids}
        for place, decision in decisions.items():
            lines[int(place.strip("q"))].decision = decision
        return wizard

    def test_a_struck_question_gives_a_second_mark_and_the_clearance(self):
        attempt = self.failed_attempt()
        self.assertEqual((attempt.percent, attempt.passed), (75.0, False))
        self.wizard(attempt, q4="strike").action_regrade()
        self.assertEqual((attempt.percent, attempt.passed), (100.0, True))
        first, second = attempt.mark_ids.sorted("id")
        self.assertEqual((first.kind, first.percent), ("original", 75.0))
        self.assertEqual(second.author_id, self.users["director"])
        self.assertEqual(second.reason, "The price list was wrong.")
        self.assertEqual(second.changes, "4: struck out")
        clearance = self.operator.callcenter_clearance_ids
        self.assertEqual((clearance.state, clearance.attempt_id), ("valid", attempt))

    def test_a_given_question_counts_as_right(self):
        attempt = self.failed_attempt()
        self.wizard(attempt, q4="give").action_regrade()
        self.assertEqual((attempt.percent, attempt.mark_id.changes),
                         (100.0, "4: counts as right"))  # fmt: skip

    def test_a_pass_that_is_gone_suspends_the_clearance(self):
        self.quiz.pass_percent = 75
        attempt = self.failed_attempt()
        self.assertEqual(self.operator.callcenter_clearance_ids.state, "valid")
        self.wizard(attempt, q1="strike").action_regrade()
        self.assertAlmostEqual(attempt.percent, 66.6667, 3)
        self.assertEqual(self.operator.callcenter_clearance_ids.state, "suspended")

    def test_the_answers_stay_as_they_were(self):
        attempt = self.failed_attempt()
        self.wizard(attempt, q4="give").action_regrade()
        self.assertEqual(attempt.item_ids.mapped("fraction"), [1, 1, 1, 0])

    def test_nothing_decided_is_no_regrading(self):
        attempt = self.failed_attempt()
        with self.assertRaisesRegex(UserError, "Choose the questions"):
            self.wizard(attempt).action_regrade()
        self.assertEqual(len(attempt.mark_ids), 1)

    def test_not_every_question_can_be_struck_out(self):
        attempt = self.failed_attempt()
        wizard = self.wizard(attempt)
        wizard.line_ids.decision = "strike"
        with self.assertRaisesRegex(UserError, "At least one"):
            wizard.action_regrade()
        self.assertEqual(len(attempt.mark_ids), 1)

    def test_questions_of_another_attempt_are_refused(self):
        attempt, other = self.failed_attempt(), self.failed_attempt()
        wizard = self.wizard(attempt)
        wizard.line_ids[0].write({"item_id": other.item_ids[0].id, "decision": "give"})
        with self.assertRaisesRegex(UserError, "Choose the questions"):
            wizard.action_regrade()
        self.assertEqual(attempt.percent, 75.0)

    def test_an_open_attempt_is_not_regraded(self):
        attempt = self.attempt_of(self.runner.start(self.quiz.id))
        wizard = self.wizard(attempt)
        self.assertFalse(wizard.line_ids, "what is being asked is told to nobody")
        with self.assertRaisesRegex(UserError, "Only a closed attempt"):
            wizard.action_regrade()

    def test_nobody_but_the_director_regrades(self):
        attempt = self.failed_attempt()
        for role in ("operator", "supervisor", "hr", "trainer", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.wizard(attempt, role, q4="give").action_regrade()
        self.assertEqual((attempt.percent, len(attempt.mark_ids)), (75.0, 1))
