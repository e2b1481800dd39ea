from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_callcenter_acting_for(self):
        """Employees whom this user stands in for today, as ``hr.employee``."""
        self.ensure_one()
        # sudo: a deputy may not read the orders of his head
        employee = self.sudo().employee_id
        today = (employee.company_id or self.env.company)._callcenter_today()
        deputies = self.env["callcenter.substitution"]._get_deputies(today)
        absent = [who for who, deputy in deputies.items() if deputy == employee]
        return employee.browse(absent if employee else [])

    def _get_callcenter_represented(self):
        """The user himself and those whom he stands in for today."""
        return self | self._get_callcenter_acting_for().user_id

    def _get_callcenter_acting_note(self):
        """``acting for …`` to be added to what a deputy does; empty otherwise."""
        absent = self._get_callcenter_acting_for()
        if not absent:
            return ""
        return self.env._(
            "acting for %(names)s", names=", ".join(absent.mapped("name"))
        )
