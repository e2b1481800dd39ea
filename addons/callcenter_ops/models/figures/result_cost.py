from odoo import api, fields, models
from odoo.tools import SQL, format_amount, format_date

from ...tools.common.period import add_months
from ...tools.figures.result_cost import NOTHING, formula, per_result
from .result_cost_maker import ResultCostMaker

COUNTS = {
    "cost_per_call": "attempts",
    "cost_per_contact": "contacts",
    "cost_per_lead": "leads",
    "cost_per_sale": "sales",
}


class ResultCost(models.Model):
    """What the results of a month cost, by operator and campaign.

    Made from the daily figures, the wages, the kits and the telephone bills; made
    anew every night for this month and the last one. Shows wages: for the Director
    and HR.
    """

    _name = "callcenter.result.cost"
    _description = "Cost of results"
    _order = "month desc, employee_id, campaign_id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True)
    month_text = fields.Char(string="Month by name", compute="_compute_month_text")
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", required=True, readonly=True, index=True
    )
    campaign_id = fields.Many2one("callcenter.campaign", readonly=True)
    amount_wage = fields.Monetary(
        string="Wage",
        readonly=True,
        help="Wage of the version in force at the month's end × days under contract ÷ "
        "days of the month; by campaign in proportion to talk and wrap-up time.",
    )
    amount_workplace = fields.Monetary(
        string="Workplace",
        readonly=True,
        help="Kit of the place: monthly + yearly ÷ 12 + one-time ÷ months of life, "
        "× days the place was held ÷ days of the month.",
    )
    amount_overrun = fields.Monetary(
        string="Telephone overrun",
        readonly=True,
        help="Overrun of the lines, shared by the days they were held.",
    )
    amount_total = fields.Monetary(string="Cost", readonly=True)
    attempts = fields.Integer(string="Calls", readonly=True)
    contacts = fields.Integer(readonly=True)
    leads = fields.Integer(string="Interested", readonly=True)
    sales = fields.Integer(string="Customer orders", readonly=True)
    cost_per_call = fields.Monetary(
        string="Per call", readonly=True, aggregator="avg", help="Cost ÷ calls."
    )
    cost_per_contact = fields.Monetary(
        string="Per contact", readonly=True, aggregator="avg", help="Cost ÷ contacts."
    )
    cost_per_lead = fields.Monetary(
        string="Per interested client",
        readonly=True,
        aggregator="avg",
        help="Cost ÷ interested clients.",
    )
    cost_per_sale = fields.Monetary(
        string="Per order", readonly=True, aggregator="avg", help="Cost ÷ orders."
    )
    call_text = fields.Char(string="Cost of a call", compute="_compute_texts")
    contact_text = fields.Char(string="Cost of a contact", compute="_compute_texts")
    lead_text = fields.Char(
        string="Cost of an interested client", compute="_compute_texts"
    )
    sale_text = fields.Char(string="Cost of an order", compute="_compute_texts")
    call_formula = fields.Char(string="Calculation of a call", compute="_compute_texts")

    _month_unique = models.UniqueIndex(
        "(company_id, month, employee_id, COALESCE(campaign_id, 0))",
        "The month already has a row for this operator and campaign.",
    )

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_text(self):
        for row in self:
            row.month_text = row.month and format_date(
                self.env, row.month, date_format="LLLL y"
            )

    @api.depends("amount_total", *COUNTS.values())
    @api.depends_context("lang")
    def _compute_texts(self):
        for row in self:
            for name in ("call", "contact", "lead", "sale"):
                count = row[COUNTS[f"cost_per_{name}"]]
                cost = per_result(row.amount_total, count)
                row[f"{name}_text"] = (
                    NOTHING
                    if cost is None
                    else format_amount(self.env, float(cost), row.currency_id)
                )
            row.call_formula = formula(
                row.amount_wage, row.amount_workplace, row.amount_overrun, row.attempts
            )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """A group's cost per result is its whole cost over all its results."""
        name, _colon, function = aggregate_spec.partition(":")
        if function != "avg" or name not in COUNTS:
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "amount_total", query),
            self._field_to_sql(self._table, COUNTS[name], query),
        )

    @api.model
    def _cron_refresh(self):
        """Make this month and the last one anew, for every company."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            month = fields.Date.start_of(company._callcenter_today(), "month")
            for first in (add_months(month, -1), month):
                self._refresh(company, first)

    @api.model
    def _refresh(self, company, month):
        """Make the rows of a month anew; ``month`` is its first day."""
        # sudo: the system reads wages here; only Director and HR read the rows
        rows = self.sudo()
        made = ResultCostMaker(company.with_env(rows.env), month).get_rows()
        rows.search([("company_id", "=", company.id), ("month", "=", month)]).unlink()
        rows.create(made)
