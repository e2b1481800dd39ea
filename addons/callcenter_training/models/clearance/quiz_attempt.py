from odoo import models


class QuizAttempt(models.Model):
    _inherit = "callcenter.quiz.attempt"

    def _after_close(self):
        """A pass clears; a failure takes nothing that was proven before."""
        result = super()._after_close()
        for attempt in self.filtered("passed"):
            self.env["callcenter.clearance"]._grant(attempt)
            attempt.quiz_id._close_plan_for(attempt.user_id)
        return result
