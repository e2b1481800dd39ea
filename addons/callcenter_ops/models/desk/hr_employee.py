from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _release_claims(self):
        """Whoever is dismissed leaves his desk."""
        line = super()._release_claims()
        # sudo: HR executes the order and has no rights on the states of desks
        states = self.env["callcenter.operator.state"].sudo()
        if states._get_current(self).state not in (False, "offline"):
            states._switch(self, "offline", reason="dismissal")
        return line
