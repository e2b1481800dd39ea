from odoo import models


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_sheet_state(self, employee):
        """State of the operator's sheet of today; False before the first call."""
        today = employee.company_id._callcenter_today()
        # sudo: the desk has checked that it is the caller's own employee
        sheets = self.env["callcenter.report.sheet"].sudo()
        sheet = sheets.search_fetch(
            [("employee_id", "=", employee.id), ("date", "=", today)],
            ["state"],
            limit=1,
        )
        return sheet.state
