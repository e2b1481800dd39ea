from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _after_callcenter_user_change(self):
        """Nobody goes on with a quiz that another has begun."""
        result = super()._after_callcenter_user_change()
        # sudo: whoever keeps the accounts may not read attempts
        attempts = self.env["callcenter.quiz.attempt"].sudo()
        for attempt in attempts.search(
            [("employee_id", "in", self.ids), ("state", "=", "open")]
        ):
            attempt._close()
        return result
