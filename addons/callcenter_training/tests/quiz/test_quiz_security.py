from odoo.exceptions import AccessError

from ..common import TrainingCase


class TestQuizSecurity(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(8)
        cls.quiz = cls.build_quiz()
        cls.second = cls.build_operator("Operator Two")

    def test_an_operator_sees_his_own_attempts_and_marks_only(self):
        self.take(self.quiz, 4)
        other = self.runner.with_user(self.second.user_id)
        self.take(self.quiz, 0, other)
        for model in ("callcenter.quiz.attempt", "callcenter.quiz.mark"):
            seen = self.env[model].with_user(self.users["operator"]).search([])
            self.assertEqual(len(seen), 1, model)
        attempt = self.env["callcenter.quiz.attempt"]
        seen = attempt.with_user(self.users["operator"]).search([])
        self.assertEqual(seen.percent, 100.0)

    def test_the_office_sees_all_attempts(self):
        self.take(self.quiz, 4)
        for role in ("supervisor", "hr", "director", "trainer"):
            attempts = self.env["callcenter.quiz.attempt"].with_user(self.users[role])
            self.assertEqual(len(attempts.search([("quiz_id", "=", self.quiz.id)])), 1)

    def test_an_outsider_sees_and_takes_nothing(self):
        outsider = self.users["outsider"]
        for model in ("callcenter.quiz", "callcenter.quiz.attempt"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(outsider).search([])
        with self.assertRaises(AccessError):
            self.runner.with_user(outsider).start(self.quiz.id)
        self.assertEqual(self.quiz.attempt_count, 0)

    def test_only_the_trainer_makes_quizzes(self):
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.quiz).write({"pass_percent": 1})
        self.assertEqual(self.quiz.pass_percent, 80)
        self.as_("trainer", self.quiz).write({"pass_percent": 90})
        self.assertEqual(self.quiz.pass_percent, 90)

    def test_a_quiz_of_another_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.quiz.company_id = other
        with self.assertRaises(AccessError):
            self.runner.start(self.quiz.id)
        self.assertEqual(self.quiz.attempt_count, 0)
