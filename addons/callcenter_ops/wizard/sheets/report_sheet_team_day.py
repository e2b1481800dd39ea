from odoo import api, fields, models
from odoo.exceptions import UserError


class ReportSheetTeamDay(models.TransientModel):
    """A team's day on one page: what is ready to be checked, and what is missing."""

    _name = "callcenter.report.sheet.team.day"
    _description = "Check of a team's day"

    date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    department_id = fields.Many2one("hr.department")
    sheet_ids = fields.Many2many("callcenter.report.sheet", compute="_compute_sheets")
    ready_count = fields.Integer(string="To check", compute="_compute_sheets")
    open_count = fields.Integer(string="Not handed in", compute="_compute_sheets")

    @api.depends("date", "department_id")
    def _compute_sheets(self):
        for day in self:
            domain = [("date", "=", day.date)]
            if day.department_id:
                domain.append(("department_id", "child_of", day.department_id.id))
            sheets = self.env["callcenter.report.sheet"].search(domain)
            day.sheet_ids = sheets
            day.ready_count = len(day._get_ready(sheets))
            day.open_count = len(sheets.filtered(lambda one: one.state == "draft"))

    def _get_ready(self, sheets):
        return sheets.filtered(
            lambda one: one.state == "submitted" and one.user_id != self.env.user
        )

    def action_check(self):
        """Check every sheet of the day that is handed in; the rest is left."""
        self.ensure_one()
        ready = self._get_ready(self.sheet_ids)
        if not ready:
            raise UserError(self.env._("No sheet of this day waits to be checked."))
        ready.action_check()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Checked: %(count)s. Not handed in: %(open)s.",
                    count=len(ready),
                    open=self.open_count,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
