from odoo import models

from ...fastpath.prepared import run_prepared
from .sql.operator_day import COLUMNS

_FIGURES = f"""
SELECT {", ".join(f"COALESCE(d.{name}, 0) AS {name}" for name in COLUMNS)},
       s.state AS sheet_state
  FROM hr_employee e
  LEFT JOIN callcenter_operator_day d ON d.employee_id = e.id AND d.day = %(today)s
  LEFT JOIN callcenter_report_sheet s ON s.employee_id = e.id AND s.date = %(today)s
 WHERE e.id = %(employee)s
"""  # noqa: S608


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_figures(self, employee):
        """The operator's own day so far; a day of the company's time zone."""
        self.env.flush_all()
        today = employee.company_id._callcenter_today()
        own = {"employee": employee.id, "today": today}
        run_prepared(self.env.cr, _FIGURES, own)
        [figures] = self.env.cr.dictfetchall()
        return figures | {"sheet_state": figures["sheet_state"] or False}
