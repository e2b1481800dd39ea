from odoo.addons.callcenter_training.tests.common import TrainingCase
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestBriefing(TrainingCase):
    """A morning round led as a live session of Odoo's surveys."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(8)
        cls.quiz = cls.build_quiz([("Prices", ["price"], 4, {})])

    def let_lead_sessions(self):
        group = self.env.ref("survey.group_survey_user")
        self.users["supervisor"].group_ids = [(4, group.id)]

    def build_briefing(self):
        """A round of three questions on what the operator did not know."""
        self.take(self.quiz, 0)
        model = self.as_("supervisor", self.env["callcenter.briefing"])
        return model.create({"department_id": self.department.id, "question_count": 3})

    def test_a_live_session_needs_the_right_to_use_surveys(self):
        briefing = self.build_briefing()
        before = self.env["survey.survey"].search_count([])
        with self.assertRaisesRegex(UserError, "needs Odoo's surveys"):
            briefing.action_open_session()
        self.assertFalse(briefing.line_ids)
        self.assertEqual(self.env["survey.survey"].search_count([]), before)

    def test_the_button_is_there_for_who_may_lead_a_session(self):
        briefing = self.build_briefing()
        self.assertNotIn("action_open_session", briefing.get_view()["arch"])
        self.let_lead_sessions()
        self.assertIn("action_open_session", briefing.get_view()["arch"])

    def open_session(self):
        """``(round, survey)`` of a live session that is waiting in its lobby."""
        self.let_lead_sessions()
        briefing = self.build_briefing()
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
