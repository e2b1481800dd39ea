from odoo import models


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_plan(self, employee):
        """Plan of the operator's sheet beside what he has done today."""
        # sudo: the operator's own sheet and figures, as plain values
        sheets = self.env["callcenter.report.sheet"].sudo()
        today = employee.company_id._callcenter_today()
        own = [("employee_id", "=", employee.id), ("date", "=", today)]
        sheet = sheets.search(own, limit=1)
        figures = self._get_figures(employee)
        lines = [
            ("attempts", self.env._("Attempts"), sheet.plan_attempts),
            ("contacts", self.env._("Contacts"), sheet.plan_contacts),
        ]
        plan = [
            {
                "name": name,
                "label": label,
                "plan": planned or 0,
                "fact": figures.get(name, 0),
            }
            for name, label, planned in lines
        ]
        return [*super()._get_plan(employee), *plan]
