from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.workstation.phone_bill import forecast_minutes
from .phone_minutes import PhoneMinutes, month_bounds

WARNING_PERCENT = 80
_USAGE_FIELDS = (
    "minutes_free",
    "minutes_counted",
    "minutes_left",
    "minutes_forecast",
    "usage_percent",
    "amount_overrun",
    "amount_forecast",
)


class PhoneLine(models.Model):
    """Watches the minutes of the month and says what an overrun will cost."""

    _inherit = "callcenter.phone.line"

    minutes_free = fields.Float(
        string="Free district, min",
        compute="_compute_usage",
        digits=(12, 1),
        help="Minutes of this month to the free federal district.",
    )
    minutes_counted = fields.Float(
        string="Counted, min",
        compute="_compute_usage",
        digits=(12, 1),
        help="Minutes of this month outside the free district, or with no known one.",
    )
    minutes_left = fields.Float(
        string="Left, min",
        compute="_compute_usage",
        digits=(12, 1),
        help="Included minutes − counted ones; of the common pot when pooled.",
    )
    minutes_forecast = fields.Float(
        string="Forecast, min",
        compute="_compute_usage",
        digits=(12, 1),
        help="Counted ÷ days gone × days of the month.",
    )
    usage_percent = fields.Float(
        string="Used, %",
        compute="_compute_usage",
        digits=(12, 1),
        help="Counted ÷ included × 100, of the common pot when pooled.",
    )
    amount_overrun = fields.Monetary(
        string="Overrun",
        compute="_compute_usage",
        help="Minutes beyond the included ones × price of a further minute.",
    )
    amount_forecast = fields.Monetary(
        string="Overrun forecast",
        compute="_compute_usage",
        help="The overrun of the forecast minutes.",
    )
    warned_month = fields.Date(readonly=True, copy=False)

    @api.depends_context("callcenter_month")
    @api.depends("package_id")
    def _compute_usage(self):
        for company, lines in self.grouped("company_id").items():
            month = lines._get_usage_month(company)
            pots = lines._get_pots()
            bills = pots._get_bills(month)
            today = min(company._callcenter_today(), fields.Date.end_of(month, "month"))
            for line in lines:
                line._set_usage(bills, today)

    def _set_usage(self, bills, today):
        bill = bills.get(self)
        if not bill:
            self.update(dict.fromkeys(_USAGE_FIELDS, 0.0))
            return
        counted, included = self._get_pot_minutes(bills)
        forecast = forecast_minutes(counted, today)
        over = max(Decimal(0), forecast - included)
        share = bill.counted_minutes / counted if counted else Decimal(0)
        price = Decimal(str(self.package_id.price_beyond))
        self.minutes_free = float(bill.free_minutes)
        self.minutes_counted = float(bill.counted_minutes)
        self.minutes_left = float(bill.left_minutes)
        self.amount_overrun = float(bill.overrun)
        self.usage_percent = float(counted / included * 100) if included else 0.0
        self.minutes_forecast = float(forecast_minutes(bill.counted_minutes, today))
        self.amount_forecast = float(round(over * share * price, 2))

    def _get_pot_minutes(self, bills):
        """Counted and included minutes of the line, of all lines when pooled."""
        package = self.package_id
        if not package.is_pooled:
            return bills[self].counted_minutes, package.included_minutes
        pot = [bill for line, bill in bills.items() if line.package_id == package]
        counted = sum((bill.counted_minutes for bill in pot), Decimal(0))
        return counted, package.included_minutes * len(pot)

    def _get_pots(self):
        """The lines and all that share a pooled package with them."""
        pooled = self.package_id.filtered("is_pooled")
        # sudo: the pot is shared with lines of the same company only
        return self | pooled.sudo().line_ids.with_env(self.env)

    def _get_usage_month(self, company):
        """The month to look at: this one, or that of a report in the context."""
        asked = self.env.context.get("callcenter_month")
        return fields.Date.to_date(asked) or company._callcenter_today()

    def _get_bills(self, month):
        """``{line: tools.phone_bill.Bill}`` of lines of one company."""
        return PhoneMinutes(self, month).get_bills()

    # ------------------------------------------------------------------- the calls

    def action_open_calls(self):
        """The calls behind the minutes of the month, by district and region."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.call_action"
        )
        return action | {
            "domain": list(self._get_calls_domain()),
            "views": [(False, "pivot"), (False, "list"), (False, "form")],
            "context": {
                "pivot_row_groupby": ["federal_district", "state_id"],
                "pivot_column_groupby": [],
                "pivot_measures": ["talk_seconds", "__count"],
            },
        }

    def _get_calls_domain(self):
        """The calls that ``PhoneMinutes`` counts for the line."""
        month = self._get_usage_month(self.company_id)
        start, end = month_bounds(self.company_id, month)
        held = Domain.OR(
            Domain("employee_id", "=", row.employee_id.id)
            & Domain("started_at", ">=", max(row.date_from, start))
            & Domain("started_at", "<", min(row.date_to or end, end))
            for row in self.custody_ids
        )
        return (
            held
            & Domain("direction", "=", "out")
            & Domain("channel", "=", "phone")
            & Domain("company_id", "=", self.company_id.id)
            & Domain("correction_of_id", "=", False)
            & Domain("talk_seconds", ">", 0)
        )

    # ----------------------------------------------------------------- the warning

    @api.model
    def _cron_warn_usage(self):
        """Tell the responsible users of lines that used 80 % of their minutes.

        Each line is named once a month.
        """
        lines = self.search([("package_id.included_minutes", ">", 0)])
        for line in lines.filtered(lambda line: line.usage_percent >= WARNING_PERCENT):
            month = fields.Date.start_of(line.company_id._callcenter_today(), "month")
            if line.warned_month != month:
                line.warned_month = month
                line._warn_usage()

    def _warn_usage(self):
        user = self.package_id.user_id or self.create_uid
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=user.id,
            summary=self._told_to(user).env._(
                "%(line)s used %(percent)d %% of its minutes; at this pace the overrun "
                "will cost %(cost).2f %(currency)s",
                line=self.name,
                percent=self.usage_percent,
                cost=self.amount_forecast,
                currency=self.currency_id.name,
            ),
        )
