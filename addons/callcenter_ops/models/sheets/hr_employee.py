from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _hand_over_callcenter_work(self, order, successor):
        """Hand in what a dismissed operator has not handed in himself."""
        report = super()._hand_over_callcenter_work(order, successor)
        # sudo: HR executes the order and has no rights on report sheets
        sheets = self.env["callcenter.report.sheet"].sudo()
        drafts = sheets.search([("employee_id", "=", self.id), ("state", "=", "draft")])
        drafts._hand_in_for_dismissed()
        if not drafts:
            return report
        # sudo: the name of the head only
        head = self.sudo().department_id.manager_id
        line = {
            "what": self.env._("Report sheets"),
            "count": len(drafts),
            "to": head.name or self.env._("the supervisor"),
        }
        return [*report, line]
