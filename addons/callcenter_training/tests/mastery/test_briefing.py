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

    def test_a_live_session_needs_surveys_and_the_right_to_them(self):
        briefing = self.briefing()
        with self.assertRaisesRegex(UserError, "needs Odoo's surveys"):
            briefing.action_open_session()
        self.assertFalse(briefing.line_ids)

    def open_session(self):
        """``(round, survey)`` of a live session that is waiting in its lobby."""
        if "survey.survey" not in self.env:
            self.skipTest("surveys are not installed")
        self.take(self.quiz, 0)
        group = self.env.ref("survey.group_survey_user")
        self.users["supervisor"].group_ids = [(4, group.id)]
        briefing = self.briefing(question_count=3)
        action = briefing.action_open_session()
        self.assertRegex(action["url"], "^/survey/session/manage/")
        survey = self.env["survey.survey"].search([("title", "=", briefing.name)])
        self.assertEqual(survey.session_state, "ready")
        return briefing, self.as_("supervisor", survey)

    def test_a_live_session_asks_what_the_round_asks(self):
        briefing, survey = self.open_session()
        asked = survey.question_ids.sorted("id")
        self.assertEqual(asked.mapped("title"), briefing.line_ids.mapped("stem"))
        for question, line in zip(asked, briefing.line_ids, strict=True):
            right = question.suggested_answer_ids.filtered("is_correct")
            self.assertEqual(", ".join(right.mapped("value")), line.answer)

    def test_a_live_session_is_led_to_its_last_question_and_told_who_was_right(self):
        briefing, survey = self.open_session()
        knows, guesses = (survey.sudo()._create_answer(email=f"{n}@x.ru") for n in "ab")
        survey._session_open()
        for line in briefing.line_ids:
            question = survey._get_session_next_question(False)
            self.assertEqual(question.title, line.stem)
            survey.sudo().session_question_id = question  # as the host's page does
            right = question.sudo().suggested_answer_ids.filtered("is_correct")
            wrong = question.sudo().suggested_answer_ids - right
            knows._save_lines(question.sudo(), str(right.id))
            guesses._save_lines(question.sudo(), str(wrong[0].id))
        self.assertFalse(survey._get_session_next_question(False))
        survey.action_end_session()
        self.assertEqual((knows | guesses).mapped("state"), ["done", "done"])
        self.assertEqual(
            [knows.scoring_percentage, guesses.scoring_percentage], [100.0, 0.0]
        )
