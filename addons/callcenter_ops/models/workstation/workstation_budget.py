from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.cost_plan import (
    QUANTITY_UNIT,
    add_months,
    exact_sum,
    first_of_month,
    month_range,
    plan,
    seats_by_month,
)

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
    _inherit = ["callcenter.workstation.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Workplace budget"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _guarded_fields = ("state", "approved_by_id", "approved_on")
    _frozen_states = ("approved", "closed")
    _frozen_exempt_fields = ("note",)

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
        self._require_state("draft")
        self._generate_lines()

    def action_approve(self):
        """The Director approves draft budgets: their plan no longer changes."""
        self._require_group("group_director")
        self.check_access("write")
        self._require_state("draft")
        for budget in self:
            budget._check_plan()
            budget._transition(
                {
                    "state": "approved",
                    "approved_by_id": self.env.user.id,
                    "approved_on": fields.Datetime.now(),
                }
            )

    def action_close(self):
        """Close approved budgets: no further expenses are entered."""
        self._require_group("group_director", "group_hr")
        self.check_access("write")
        self._require_state("approved")
        self._transition({"state": "closed"})

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_budget_line_action"
        )
        return action | {"domain": [("budget_id", "=", self.id)], "context": {}}

    def action_open_actuals(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_actual_action"
        )
        return action | {
            "domain": [("budget_id", "=", self.id)],
            "context": {"default_budget_id": self.id},
        }

    def _generate_lines(self):
        """Replace the plan of the budgets that have a kit."""
        for budget in self.filtered("kit_id"):
            budget.line_ids = [Command.clear()] + [
                Command.create(budget._prepare_line_values(cell, norm))
                for cell, norm in budget._plan_cells()
            ]

    def _plan_cells(self):
        """List of ``(Cell, Norm)`` of the plan, see ``tools.cost_plan.plan``."""
        self.ensure_one()
        norms = self.kit_id._get_norms(self.optional_line_ids, self.date_from)
        by_key = {norm.key: norm for norm in norms}
        months = self._get_months()
        cells = plan(norms, self._get_seats(months), months, self._get_rounding())
        return [(cell, by_key[cell.key]) for cell in cells]

    def _prepare_line_values(self, cell, norm):
        sequences = {line.item_id.id: line.sequence for line in self.kit_id.line_ids}
        return {
            "month": cell.month,
            "item_id": cell.key,
            "sequence": sequences.get(cell.key, 10),
            "periodicity": norm.periodicity,
            "quantity": float(cell.quantity.quantize(QUANTITY_UNIT)),
            "amount_plan": float(cell.amount),
        }

    def _get_months(self):
        return month_range(self.date_from, self.months)

    def _get_seats(self, months):
        steps = {step.month: step.seat_count for step in self.seat_step_ids}
        return seats_by_month(self.seat_count, steps, months)

    def _get_edge_months(self):
        months = self._get_months() if self.date_from and self.months > 0 else [None]
        return months[0], months[-1]

    def _sum_plan(self, lines):
        return float(exact_sum(lines.mapped("amount_plan"), self._get_rounding()))

    def _check_plan(self):
        if not self.line_ids or not self.amount_total:
            raise UserError(
                self.env._(
                    "%(budget)s plans nothing: choose a kit and a number of seats.",
                    budget=self.name,
                )
            )

    def _check_covers(self, day):
        """Refuse a day outside the period of the budget."""
        first = first_of_month(self.date_from)
        if not first <= day <= self.date_to:
            raise UserError(
                self.env._(
                    "%(day)s is outside the budget %(budget)s (%(start)s – %(end)s).",
                    day=day,
                    budget=self.name,
                    start=first,
                    end=self.date_to,
                )
            )
