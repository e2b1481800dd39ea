from odoo import fields, models
from odoo.addons.callcenter_ops.models.common.cached_settings import SETTINGS_CACHE
from odoo.tools import ormcache


class Campaign(models.Model):
    _inherit = "callcenter.campaign"

    quiz_ids = fields.Many2many(
        "callcenter.quiz",
        string="Quizzes to pass",
        help="Only who has passed them is handed clients of this campaign.",
    )

    def write(self, vals):
        if "quiz_ids" in vals:
            self.env.registry.clear_cache(SETTINGS_CACHE)
        return super().write(vals)

    def _get_wanted_quizzes(self):
        """Quizzes of the campaign, archived ones included."""
        quizzes = self.env["callcenter.quiz"].browse(self._get_wanted_quiz_ids())
        return quizzes.exists()

    @ormcache("self.id", cache=SETTINGS_CACHE)
    def _get_wanted_quiz_ids(self):
        return self.with_context(active_test=False).quiz_ids.ids

    def _get_operator_blockers(self, employee, on_date):
        """Adds the quizzes of the campaign that are not proven."""
        # sudo: the desk asks for an operator who may not read the quiz
        wanted = self.sudo()._get_wanted_quizzes()
        if not wanted:
            return super()._get_operator_blockers(employee, on_date)
        # sudo: the desk asks for an operator who may not read what is proven
        person = employee.sudo()
        missing = wanted.filtered(
            lambda quiz: quiz.active and quiz._is_in_force(on_date)
        )
        missing -= person._get_proven_quizzes(on_date)
        return super()._get_operator_blockers(employee, on_date) + [
            person._prepare_quiz_blocker(quiz, on_date) for quiz in missing
        ]
