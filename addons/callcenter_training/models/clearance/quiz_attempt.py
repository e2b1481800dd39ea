from odoo import models


class QuizAttempt(models.Model):
    _inherit = "callcenter.quiz.attempt"

    def _after_close(self):
        """A pass clears; a failure takes nothing that was proven before."""
        result = super()._after_close()
        self.filtered("passed")._clear()
        return result

    def _after_regrade(self):
        """A pass by a second mark clears; one that is gone suspends what it gave."""
        result = super()._after_regrade()
        self.filtered("passed")._clear()
        for attempt in self.filtered(lambda attempt: not attempt.passed):
            clearance = attempt._get_clearance()
            if clearance.attempt_id == attempt:
                clearance._suspend("regraded")
        return result

    def _clear(self):
        for attempt in self:
            if attempt.kind == "delta":
                attempt._get_clearance()._prove_changes(attempt)
            else:
                self.env["callcenter.clearance"]._grant(attempt)
            attempt.quiz_id._close_activity_of(attempt.user_id)

    def _get_clearance(self):
        """The person's clearance for the quiz of this attempt."""
        return self.env["callcenter.clearance"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("quiz_id", "=", self.quiz_id.id),
            ]
        )

    def _get_changes_since(self):
        """Only what changed after this moment is asked; False: everything is."""
        if self.kind != "delta":
            return super()._get_changes_since()
        return self._get_clearance().proven_at
