from odoo import models
from odoo.tools import SQL


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_sheet_state_query(self, employee):
        """Query of the state of the operator's sheet of today; none, no row."""
        self.env["callcenter.report.sheet"].flush_model(
            ["employee_id", "date", "state"]
        )
        return SQL(
            "SELECT state FROM callcenter_report_sheet"
            " WHERE employee_id = %s AND date = %s",
            employee.id,
            employee.company_id._callcenter_today(),
        )
