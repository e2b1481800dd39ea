from odoo import api, fields, models

from ...tools.budget.cost_plan import forecast
from ...tools.common.exact_money import exact_sum
from ..workstation.cost_item import PERIODICITIES


class WorkstationBudgetLine(models.Model):
    """One item of one month: what is planned and what was spent."""

    _name = "callcenter.workstation.budget.line"
    _inherit = ["callcenter.workstation.month.mixin"]
    _description = "Workplace budget by month"
    _order = "budget_id, month, sequence, id"
    _settled_fields = ("budget_id",)
    _check_company_auto = True

    _guarded_fields = ("amount_initial",)
    _frozen_exempt_fields = ("deviation_reason",)

    budget_id = fields.Many2one(
        "callcenter.workstation.budget", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="budget_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="budget_id.currency_id", store=True)
    state = fields.Selection(related="budget_id.state", string="Budget state")
    sequence = fields.Integer(default=10)
    month = fields.Date(required=True, index=True)
    item_id = fields.Many2one(
        "callcenter.cost.item",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    kind = fields.Selection(related="item_id.kind", store=True)
    periodicity = fields.Selection(PERIODICITIES, required=True, default="one_time")
    quantity = fields.Float(digits=(12, 3), default=1.0)
    amount_initial = fields.Monetary(
        string="Initial plan", readonly=True, help="Plan as the Director approved it."
    )
    amount_plan = fields.Monetary(
        string="Plan", help="Planned for the whole month, amendments included."
    )
    actual_ids = fields.One2many(
        "callcenter.workstation.actual", "line_id", string="Expenses", readonly=True
    )
    amount_actual = fields.Monetary(
        string="Actual", compute="_compute_amount_actual", store=True
    )
    deviation = fields.Monetary(
        compute="_compute_deviation", store=True, help="Actual − plan."
    )
    deviation_reason = fields.Char(help="Why more or less was spent than planned.")
    amount_forecast = fields.Monetary(
        string="Forecast",
        compute="_compute_amount_forecast",
        help="Past months: what was spent. The month that runs: what was spent, at "
        "least the plan. Months to come: the plan.",
    )

    _item_unique = models.UniqueIndex(
        "(budget_id, month, item_id, periodicity)",
        "The budget already has a line for this item and month.",
    )
    _amount_positive = models.Constraint(
        "CHECK(amount_plan >= 0)", "A planned amount cannot be negative."
    )
    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0)", "A planned quantity cannot be negative."
    )

    @api.depends("actual_ids.amount_company")
    def _compute_amount_actual(self):
        for line in self:
            spent = exact_sum(
                line.actual_ids.mapped("amount_company"), line._get_rounding()
            )
            line.amount_actual = float(spent)

    @api.depends("amount_plan", "amount_actual")
    def _compute_deviation(self):
        for line in self:
            amounts = (line.amount_actual, -line.amount_plan)
            line.deviation = float(exact_sum(amounts, line._get_rounding()))

    @api.depends("amount_plan", "amount_actual", "month")
    def _compute_amount_forecast(self):
        for line in self:
            today = (line.company_id or self.env.company)._callcenter_today()
            line.amount_forecast = forecast(
                line.amount_plan, line.amount_actual, line.month, today
            )

    @api.depends_context("lang")
    @api.depends("item_id", "month")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.item_id.name} {line.month}"

    @api.constrains("budget_id", "month", "item_id", "quantity", "amount_plan")
    def _check_budget_open(self):
        if not self._is_in_transition():
            self.budget_id._check_in_state("draft")

    @api.constrains("budget_id", "month")
    def _check_month(self):
        for line in self:
            line.budget_id._check_covers(line.month)

    def _is_frozen(self):
        return self.budget_id.state != "draft"
