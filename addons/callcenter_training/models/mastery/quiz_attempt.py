from odoo import models


class QuizAttempt(models.Model):
    _inherit = "callcenter.quiz.attempt"

    def _after_close(self):
        """What was answered in an exam is evidence of what is known."""
        result = super()._after_close()
        for attempt in self:
            answers = [
                (item.fact_id, item.fraction == 1, item.guess)
                for item in attempt.item_ids
                if item.fact_id and item.answered_at
            ]
            self.env["callcenter.mastery"]._learn(
                attempt.employee_id, answers, attempt.finished_at, is_exam=True
            )
        return result
