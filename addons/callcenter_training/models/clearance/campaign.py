from odoo import fields, models


class Campaign(models.Model):
    _inherit = "callcenter.campaign"

    quiz_ids = fields.Many2many(
        "callcenter.quiz",
        string="Quizzes to pass",
        help="Only who has passed them is handed clients of this campaign.",
    )

    def _get_operator_blockers(self, employee, on_date):
        """Adds the quizzes of the campaign that are not proven."""
        # sudo: the desk asks for an operator who may not read the quiz
        campaign, person = self.sudo(), employee.sudo()
        missing = campaign.quiz_ids.filtered("active")
        missing -= person._get_proven_quizzes(on_date)
        return super()._get_operator_blockers(employee, on_date) + [
            person._prepare_quiz_blocker(quiz, on_date) for quiz in missing
        ]
