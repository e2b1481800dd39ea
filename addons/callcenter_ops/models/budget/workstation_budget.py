from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.budget.cost_plan import add_months, exact_sum, first_of_month

_PLAN_INPUTS = {
    "kit_id",
    "seat_count",
    "date_from",
    "months",
    "seat_step_ids",
    "optional_line_ids",
}


class WorkstationBudget(models.Model):
    _name = "callcenter.workstation.budget"
    _inherit = [
        "callcenter.workstation.mixin",
        "callcenter.workstation.budget.plan",
        "callcenter.workstation.budget.watch",
        "callcenter.workstation.budget.paper",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Workplace budget"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _guarded_fields = ("state", "approved_by_id", "approved_on", "warned_percent")
    _frozen_states = ("approved", "closed")
    _frozen_exempt_fields = ("note", "user_id", "amendment_ids")

    name = fields.Char(
        required=True,
        tracking=True,
        copy=False,
        default=lambda self: self._default_name(),
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        help="Is told when 90 and 100 % of the plan are spent.",
    )
    department_id = fields.Many2one(
        "hr.department", check_company=True, index="btree_not_null"
    )
    kit_id = fields.Many2one(
        "callcenter.workstation.kit",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    optional_line_ids = fields.Many2many(
        "callcenter.workstation.kit.line",
        relation="callcenter_budget_optional_line_rel",
        string="With optional items",
        domain="[('kit_id', '=', kit_id), ('is_optional', '=', True)]",
        help="Items that the kit names as optional and this budget includes.",
    )
    seat_count = fields.Integer(string="Seats", default=1, required=True, tracking=True)
    seat_step_ids = fields.One2many(
        "callcenter.workstation.budget.seat",
        "budget_id",
        string="Seats from a month on",
        copy=True,
    )
    date_from = fields.Date(
        string="From",
        required=True,
        tracking=True,
        default=lambda self: first_of_month(self.env.company._callcenter_today()),
        help="The first month of the budget is the month of this day.",
    )
    months = fields.Integer(default=12, required=True, tracking=True)
    date_to = fields.Date(string="Until", compute="_compute_date_to", store=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    scenario_of_id = fields.Many2one(
        "callcenter.workstation.budget",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        help="The budget this one is a variant of: more seats, another kit.",
    )
    scenario_ids = fields.One2many(
        "callcenter.workstation.budget", "scenario_of_id", string="Scenarios"
    )
    scenario_count = fields.Integer(compute="_compute_scenario_count")
    scenario_difference = fields.Monetary(
        string="Against the budget",
        compute="_compute_scenario_difference",
        help="Plan of the scenario − plan of the budget it is a variant of.",
    )
    amendment_ids = fields.One2many(
        "callcenter.workstation.amendment", "budget_id", string="Amendments"
    )
    line_ids = fields.One2many(
        "callcenter.workstation.budget.line", "budget_id", string="Plan by month"
    )
    amount_first_month = fields.Monetary(
        string="First month", compute="_compute_amounts", store=True
    )
    amount_one_time = fields.Monetary(
        string="One-time", compute="_compute_amounts", store=True
    )
    amount_monthly = fields.Monetary(
        string="Each further month",
        compute="_compute_amounts",
        store=True,
        help="Monthly items of the last month, when all seats are open.",
    )
    amount_total = fields.Monetary(
        string="Plan", compute="_compute_amounts", store=True, tracking=True
    )
    amount_actual = fields.Monetary(
        string="Actual", compute="_compute_amount_actual", store=True
    )
    deviation = fields.Monetary(
        compute="_compute_deviation", store=True, help="Actual − plan."
    )
    usage_percent = fields.Float(
        string="Spent, %",
        compute="_compute_usage_percent",
        store=True,
        digits=(12, 1),
        aggregator=None,
        help="Actual ÷ plan × 100.",
    )
    warned_percent = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="The last warning given."
    )
    amount_forecast = fields.Monetary(
        string="Forecast",
        compute="_compute_amount_forecast",
        help="Spent in the months that are over + the plan of the months to come; in "
        "the month that runs, what was spent but at least its plan.",
    )
    forecast_deviation = fields.Monetary(
        compute="_compute_amount_forecast", help="Forecast − plan."
    )
    note = fields.Html()

    _months_positive = models.Constraint(
        "CHECK(months BETWEEN 1 AND 120)",
        "A budget covers between one month and ten years.",
    )
    _seats_positive = models.Constraint(
        "CHECK(seat_count BETWEEN 0 AND 10000)",
        "The number of seats must be between 0 and 10 000.",
    )

    @api.model
    def _default_name(self):
        # sudo: whoever drafts a budget needs no right on sequences
        sequence = self.env["ir.sequence"].sudo()
        return sequence.next_by_code("callcenter.workstation.budget")

    @api.depends("date_from", "months")
    def _compute_date_to(self):
        for budget in self:
            if not budget.date_from or not budget.months:
                budget.date_to = budget.date_from
                continue
            first = first_of_month(budget.date_from)
            end = add_months(first, budget.months)
            budget.date_to = fields.Date.subtract(end, days=1)

    @api.depends("scenario_ids")
    def _compute_scenario_count(self):
        for budget in self:
            budget.scenario_count = len(budget.scenario_ids)

    @api.depends("line_ids.amount_plan", "line_ids.month", "line_ids.periodicity")
    def _compute_amounts(self):
        for budget in self:
            lines = budget.line_ids
            first, last = budget._get_edge_months()
            monthly = lines.filtered(lambda line: line.periodicity == "monthly")
            budget.amount_total = budget._sum_plan(lines)
            budget.amount_one_time = budget._sum_plan(
                lines.filtered(lambda line: line.periodicity == "one_time")
            )
            budget.amount_first_month = budget._sum_plan(
                lines.filtered(lambda line, month=first: line.month == month)
            )
            budget.amount_monthly = budget._sum_plan(
                monthly.filtered(lambda line, month=last: line.month == month)
            )

    @api.depends("line_ids.amount_actual")
    def _compute_amount_actual(self):
        for budget in self:
            spent = budget.line_ids.mapped("amount_actual")
            budget.amount_actual = float(exact_sum(spent, budget._get_rounding()))

    @api.depends("amount_total", "amount_actual")
    def _compute_deviation(self):
        for budget in self:
            amounts = (budget.amount_actual, -budget.amount_total)
            budget.deviation = float(exact_sum(amounts, budget._get_rounding()))

    @api.model_create_multi
    def create(self, vals_list):
        budgets = super().create(vals_list)
        budgets.filtered(lambda budget: not budget.line_ids)._generate_lines()
        return budgets

    def write(self, vals):
        result = super().write(vals)
        if _PLAN_INPUTS & vals.keys():
            self._generate_lines()
        return result

    def action_generate(self):
        """Plan draft budgets anew from their kit and seats."""
        self.check_access("write")
        self._check_in_state("draft")
        self._generate_lines()

    def action_approve(self):
        """The Director approves draft budgets: their plan no longer changes."""
        self._check_role("callcenter_ops.group_director")
        self.check_access("write")
        self._check_in_state("draft")
        for budget in self:
            budget._check_plan()
            for line in budget.line_ids:
                line._transition({"amount_initial": line.amount_plan})
            budget._transition(
                {
                    "state": "approved",
                    "approved_by_id": self.env.user.id,
                    "approved_on": fields.Datetime.now(),
                }
            )

    def action_close(self):
        """Close approved budgets: no further expenses are entered."""
        self._check_role("callcenter_ops.group_director", "callcenter_ops.group_hr")
        self.check_access("write")
        self._check_in_state("approved")
        for budget in self:
            self.env["callcenter.workstation.actual"]._follow_sources(budget)
        self._check_explained()
        self._transition({"state": "closed"})

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def _get_edge_months(self):
        months = self._get_months() if self.date_from and self.months > 0 else [None]
        return months[0], months[-1]

    def _sum_plan(self, lines):
        return float(exact_sum(lines.mapped("amount_plan"), self._get_rounding()))

    def _covers(self, day):
        return first_of_month(self.date_from) <= day <= self.date_to

    def _check_covers(self, day):
        """Refuse a day outside the period of the budget."""
        if not self._covers(day):
            raise UserError(
                self.env._(
                    "%(day)s is outside the budget %(budget)s (%(start)s – %(end)s).",
                    day=day,
                    budget=self.name,
                    start=first_of_month(self.date_from),
                    end=self.date_to,
                )
            )
