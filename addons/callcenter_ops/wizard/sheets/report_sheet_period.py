from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError

from .report_sheet_period_paper import ReportSheetPeriodPaper

_GROUP_OPERATOR = "callcenter_ops.group_operator"
_GROUP_SUPERVISOR = "callcenter_ops.group_supervisor"


class ReportSheetPeriod(models.TransientModel):
    """Asks for the week or month whose day sheets go on one paper."""

    _name = "callcenter.report.sheet.period"
    _description = "Week or month sheet"

    kind = fields.Selection(
        [("week", "Week"), ("month", "Month"), ("other", "Other period")],
        required=True,
        default="week",
    )
    date = fields.Date(
        string="Any day of it",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    date_from = fields.Date(
        compute="_compute_dates", store=True, readonly=False, string="From"
    )
    date_to = fields.Date(
        compute="_compute_dates", store=True, readonly=False, string="To"
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Operator",
        default=lambda self: self._get_default_employee(),
        help="Empty: the whole team, one line an operator.",
    )

    @api.model
    def _get_default_employee(self):
        """Operators print their own weeks; who leads starts with the team."""
        if self.env.user.has_group(_GROUP_SUPERVISOR):
            return self.env["hr.employee"]
        # sudo: the operator's own employee, which he may not open
        return self.env.user.sudo().employee_id

    @api.depends("kind", "date")
    def _compute_dates(self):
        for period in self:
            day = period.date or fields.Date.today()
            if period.kind == "week":
                first = day - relativedelta(days=day.weekday())
                period.date_from, period.date_to = first, first + relativedelta(days=6)
            elif period.kind == "month":
                first = day.replace(day=1)
                period.date_from = first
                period.date_to = first + relativedelta(months=1, days=-1)
            else:
                period.date_from = period.date_from or day
                period.date_to = period.date_to or day

    def action_print(self):
        """The paper of the period as a PDF."""
        self._get_sheets_or_refuse()
        report = self.env.ref("callcenter_ops.report_sheet_period_action_report")
        return report.report_action(self)

    def action_download_xlsx(self):
        """The paper of the period as a workbook."""
        self._get_sheets_or_refuse()
        return {
            "type": "ir.actions.act_url",
            "url": f"/callcenter_ops/report_sheet_period/{self.id}/xlsx",
            "target": "download",
        }

    def action_open_sheets(self):
        """The day sheets of the period as a list."""
        sheets = self._get_sheets_or_refuse()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.report_sheet_action"
        )
        return action | {"domain": [("id", "in", sheets.ids)], "context": {}}

    def _get_sheets_or_refuse(self):
        self.ensure_one()
        if self.date_to < self.date_from:
            raise UserError(self.env._("The period ends before it begins."))
        if self.date_to > self.date_from + relativedelta(years=1):
            raise UserError(self.env._("One paper holds a year at most."))
        sheets = self._get_sheets()
        if not sheets:
            raise UserError(self.env._("There is no report sheet in this period."))
        return sheets

    def _get_sheets(self):
        """The day sheets of the period that the reader may see."""
        domain = [("date", ">=", self.date_from), ("date", "<=", self.date_to)]
        if self.employee_id:
            domain.append(("employee_id", "=", self.employee_id.id))
        return self.env["callcenter.report.sheet"].search(
            domain, order="date, employee_id"
        )

    def _get_paper(self):
        """The period as it is printed and downloaded."""
        self.ensure_one()
        return ReportSheetPeriodPaper(self)
