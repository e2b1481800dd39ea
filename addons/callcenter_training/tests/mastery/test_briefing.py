from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import TrainingCase


class TestBriefing(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(8)
        cls.quiz = cls.build_quiz([("Prices", ["price"], 4, {})])
        cls.second = cls.build_operator("Operator Two")

    def briefing(self, role="supervisor", **vals):
        model = self.env["callcenter.briefing"].with_user(self.users[role])
        return model.create({"department_id": self.department.id, **vals})

    def test_the_round_asks_what_most_do_not_know(self):
        self.take(self.quiz, 0)
        for runner in (self.runner, self.runner.with_user(self.second.user_id)):
            self.take(self.quiz, 0, runner)
        briefing = self.briefing(question_count=5)
        briefing.action_fill()
        lines = briefing.line_ids
        self.assertEqual(len(lines), 5)
        counts = lines.mapped("missing_count")
        self.assertEqual(counts, sorted(counts, reverse=True))
        for line in lines:
            self.assertTrue(line.answer)
            self.assertEqual(len(line.options), 4)

    def test_filling_again_replaces_the_questions(self):
        self.take(self.quiz, 0)
        briefing = self.briefing(question_count=3)
        briefing.action_fill()
        briefing.action_fill()
        self.assertEqual(len(briefing.line_ids), 3)

    def test_without_weak_spots_it_says_so(self):
        with self.assertRaisesRegex(UserError, "weak spots yet"):
            self.briefing().action_fill()

    def test_the_weak_spots_of_another_department_are_not_asked(self):
        self.take(self.quiz, 0)
        other = self.env["hr.department"].create(
            {"name": "Other", "manager_id": self.supervisor.id}
        )
        with self.assertRaisesRegex(UserError, "weak spots yet"):
            self.briefing(department_id=other.id).action_fill()

    def test_the_answers_stay_with_who_leads_the_round(self):
        self.take(self.quiz, 0)
        briefing = self.briefing(question_count=3)
        briefing.action_fill()
        stranger = new_test_user(
            self.env, "cc_stranger", groups="callcenter_ops.group_supervisor"
        )
        for user in (self.users["operator"], self.users["hr"], stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                briefing.line_ids.with_user(user).read(["right"])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                briefing.with_user(user).action_play()
