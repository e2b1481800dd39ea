from datetime import timedelta

from odoo import api, models

from ..common.today import MOST_LINES

_SUBMITTED = [("state", "=", "submitted")]


class Today(models.AbstractModel):
    """Report sheets that were handed in: the supervisor checks them by the next day."""

    _inherit = "callcenter.today"

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "supervisor":
            lines += self._get_sheet_lines()
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "supervisor":
            label = self.env._("Report sheets to check")
            counts.append(
                self._count("sheets", label, "callcenter.report.sheet", _SUBMITTED)
            )
        return counts

    @api.model
    def _get_sheet_lines(self):
        sheets = self.env["callcenter.report.sheet"].search(
            _SUBMITTED, order="date, id", limit=MOST_LINES
        )
        return [
            self._prepare_line(
                sheet,
                sheet.employee_id.name,
                self.env._("Report sheet of %(day)s", day=f"{sheet.date:%d.%m.%Y}"),
                sheet.date + timedelta(days=1),
                [
                    self._prepare_step(
                        self.env._("Check"), record=sheet, method="action_check"
                    )
                ],
            )
            for sheet in sheets
        ]
