from odoo import models


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_sheet_state_query(self):
        """The state of the operator's sheet of today; no sheet, no row."""
        self.env["callcenter.report.sheet"].flush_model(
            ["employee_id", "date", "state"]
        )
        return (
            "SELECT state FROM callcenter_report_sheet"
            " WHERE employee_id = %(employee)s AND date = %(today)s"
        )
