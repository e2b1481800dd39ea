from odoo import api, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    @api.model
    def _get_away(self, employees, on_date):
        """With those whose validated leave covers the day."""
        # sudo: that the head is away is said to everybody, the reason is not
        leaves = self.env["hr.leave"].sudo()
        on_leave = leaves.search(
            [
                ("employee_id", "in", employees.ids),
                ("state", "=", "validate"),
                ("request_date_from", "<=", on_date),
                ("request_date_to", ">=", on_date),
            ]
        ).employee_id
        away = super()._get_away(employees, on_date)
        return away | on_leave.with_env(employees.env)
