from odoo import Command, models
from odoo.exceptions import UserError


class Briefing(models.Model):
    _inherit = "callcenter.briefing"

    def action_open_session(self):
        """Make a live session of Odoo's surveys out of the round and open it.

        :raise UserError: for who may not use surveys
        """
        self.check_access("read")
        self.ensure_one()
        # Odoo lets none but its survey users lead a session.
        if not self.env.user.has_group("survey.group_survey_user"):
            raise UserError(
                self.env._(
                    "A live session needs Odoo's surveys and the right to use them: "
                    "show the round instead."
                )
            )
        if not self.line_ids:
            self.action_fill()
        survey = self.env["survey.survey"].create(self._prepare_survey_values())
        return survey.action_start_session()

    def _prepare_survey_values(self):
        return {
            "title": self.name,
            "survey_type": "live_session",
            "question_and_page_ids": [
                Command.create(line._prepare_survey_question())
                for line in self.line_ids
            ],
        }
