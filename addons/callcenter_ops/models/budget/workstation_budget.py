from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.budget.cost_plan import (
    plan_by_norms,
    seats_by_month,
    steps_from_moves,
    warning_level,
)
from ...tools.common.date_words import date_in_digits
from ...tools.common.exact_money import exact_sum
from ...tools.common.period import add_months, first_of_month, month_range
from ...tools.common.row_guard import frozen
from ...tools.workstation.norm import QUANTITY_UNIT
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS, PAPER_MARKS
from .expense_follower import ExpenseFollower
from .workstation_budget_paper import BudgetExecution, BudgetPaper, BudgetWorkbook

_PLAN_INPUTS = {
    "kit_id",
    "seat_count",
    "date_from",
    "months",
    "seat_step_ids",
    "optional_line_ids",
}


class WorkstationBudget(models.Model):
    """What workplaces may cost, month by month, and what they did cost.

    A kit and a number of seats make the plan; the Director approves it and it no longer
    changes but by amendments. Expenses find their lines of the plan. A variant with
    other seats or another kit is a budget of its own beside it.
    """

    _name = "callcenter.workstation.budget"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.workstation.mixin",
        "callcenter.signed.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Workplace budget"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _guarded_fields = (
        "state",
        "approved_by_id",
        "approved_on",
        "warned_percent",
        *PAPER_FIELDS,
    )
    _frozen_states = ("approved", "closed")
    # The plan as approved is kept by its paper; amendments and expenses move the sums.
    _guard_update, _guard_delete = frozen(
        "callcenter.workstation.budget",
        ("approved", "closed"),
        free=(
            *("note", "user_id", "warned_percent", "currency_id"),
            *("amount_first_month", "amount_one_time", "amount_monthly"),
            *("amount_total", "amount_actual", "deviation", "usage_percent"),
            *PAPER_MARKS,
        ),
        once=PAPER_COLUMNS,
        emptied=("department_id", "scenario_of_id"),
        stays=True,
    )
    _paper_report = "callcenter_ops.workstation_budget_action_report"
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
    amount_words = fields.Char(string="In words", compute="_compute_amount_words")
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
    has_documents = fields.Boolean(
        compute="_compute_has_documents", help="Bills or orders can be read here."
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

    @api.depends("amount_total", "scenario_of_id.amount_total")
    def _compute_scenario_difference(self):
        for budget in self:
            amounts = (budget.amount_total, -budget.scenario_of_id.amount_total)
            difference = exact_sum(amounts, budget._get_rounding())
            budget.scenario_difference = (
                float(difference) if budget.scenario_of_id else 0.0
            )

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

    @api.depends("amount_total", "currency_id")
    @api.depends_context("lang")
    def _compute_amount_words(self):
        for budget in self:
            budget.amount_words = budget._get_amount_words(
                budget.amount_total, budget.currency_id
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

    @api.depends("amount_total", "amount_actual")
    def _compute_usage_percent(self):
        for budget in self:
            plan = budget.amount_total
            budget.usage_percent = plan and budget.amount_actual / plan * 100

    @api.depends("line_ids.amount_forecast", "amount_total")
    def _compute_amount_forecast(self):
        for budget in self:
            rounding = budget._get_rounding()
            total = exact_sum(budget.line_ids.mapped("amount_forecast"), rounding)
            deviation = exact_sum([total, -budget.amount_total], rounding)
            budget.amount_forecast = float(total)
            budget.forecast_deviation = float(deviation)

    @api.depends("company_id")
    def _compute_has_documents(self):
        sources = self.env["callcenter.workstation.actual"]._get_expense_sources()
        self.has_documents = bool(sources)

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
        self.env.user._check_callcenter_right_awake()
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
            budget._keep_paper()

    def action_close(self):
        """Close approved budgets: no further expenses are entered."""
        self._check_role("callcenter_ops.group_director", "callcenter_ops.group_hr")
        self.check_access("write")
        self._check_in_state("approved")
        for budget in self:
            ExpenseFollower(budget).follow()
        self._check_explained()
        self._transition({"state": "closed"})

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def _check_plan(self):
        if not self.line_ids or not self.amount_total:
            raise UserError(
                self.env._(
                    "%(budget)s plans nothing: choose a kit and a number of seats.",
                    budget=self.name,
                )
            )

    def _check_explained(self):
        """Nothing over the plan is closed without a reason."""
        silent = self.line_ids.filtered(
            lambda line: line.deviation > 0 and not line.deviation_reason
        )
        if silent:
            raise UserError(
                self.env._(
                    "%(count)s lines are over the plan without a reason, for instance "
                    "%(line)s: write the reasons first.",
                    count=len(silent),
                    line=silent[0].display_name,
                )
            )

    def _covers(self, day):
        return first_of_month(self.date_from) <= day <= self.date_to

    def _check_covers(self, day):
        """Refuse a day outside the period of the budget."""
        if not self._covers(day):
            raise UserError(
                self.env._(
                    "%(day)s is outside the budget %(budget)s (%(start)s – %(end)s).",
                    day=date_in_digits(day),
                    budget=self.name,
                    start=date_in_digits(first_of_month(self.date_from)),
                    end=date_in_digits(self.date_to),
                )
            )

    def _get_edge_months(self):
        months = self._get_months() if self.date_from and self.months > 0 else [None]
        return months[0], months[-1]

    def _sum_plan(self, lines):
        return float(exact_sum(lines.mapped("amount_plan"), self._get_rounding()))

    # -- How a budget gets its lines from kits and seats --

    def action_seats_from_orders(self):
        """Take the seats of draft budgets from who works and from coming orders.

        Seats: operators appointed today; submitted and signed orders of appointment
        add one from the month they take effect, orders of dismissal free one from
        the month after.
        """
        self.check_access("write")
        self._check_in_state("draft")
        for budget in self:
            seats, steps = steps_from_moves(
                budget._count_operators(), budget._get_moves(), budget._get_months()
            )
            budget.write(
                {
                    "seat_count": seats,
                    "seat_step_ids": [Command.clear()]
                    + [
                        Command.create({"month": month, "seat_count": count})
                        for month, count in steps.items()
                    ],
                }
            )

    def _count_operators(self):
        # sudo: only their number is told, the budget's right was checked
        people = self.env["hr.employee"].sudo()
        return people.search_count(
            [
                ("callcenter_status", "=", "appointed"),
                ("job_id.is_callcenter_operator", "=", True),
                ("company_id", "=", self.company_id.id),
                *self._get_department_domain(),
            ]
        )

    def _get_moves(self):
        """``(day, +1 or -1)`` of the orders that have not been executed yet."""
        # sudo: only days are told, the budget's right was checked
        orders = self.env["callcenter.personnel.order"].sudo()
        waiting = orders.search(
            [
                ("order_type", "in", ["appointment", "dismissal"]),
                ("state", "in", ["submitted", "signed"]),
                ("date_execution", "<=", self.date_to),
                ("company_id", "=", self.company_id.id),
                *self._get_department_domain(),
            ]
        )
        moves = []
        for order in waiting:
            comes = order.order_type == "appointment"
            job = order.job_id if comes else order.employee_id.job_id
            if job.is_callcenter_operator:
                moves.append((order.date_execution, 1 if comes else -1))
        return moves

    def _get_department_domain(self):
        if not self.department_id:
            return []
        return [("department_id", "child_of", self.department_id.id)]

    def _generate_lines(self):
        """Replace the plan of the budgets that have a kit."""
        for budget in self.filtered("kit_id"):
            budget.line_ids = [Command.clear()] + [
                Command.create(budget._prepare_line_values(cell))
                for cell in budget._plan_cells()
            ]

    def _plan_cells(self, steps=None):
        """Cells of the plan, see ``tools.cost_plan.plan_by_norms``.

        :param steps: other steps than the budget's own, see ``_get_steps``
        """
        self.ensure_one()
        steps = self._get_steps() if steps is None else steps
        months = self._get_months()
        counts = {month: seats for month, seats, _kit in steps}
        return plan_by_norms(
            self._get_norms_by_month(months, steps),
            seats_by_month(self.seat_count, counts, months),
            months,
            self._get_rounding(),
        )

    def _get_steps(self):
        """``(first day of a month, seats, kit or empty)`` in their order."""
        steps = self.seat_step_ids.sorted("month")
        return [(step.month, step.seat_count, step.kit_id) for step in steps]

    def _get_seats(self, month):
        """Seats planned for a month, given by its first day."""
        self.ensure_one()
        counts = [seats for start, seats, _kit in self._get_steps() if start <= month]
        return counts[-1] if counts else self.seat_count

    def _get_norms_by_month(self, months, steps):
        changes = [(month, kit) for month, _seats, kit in steps if kit]
        kits = [
            next((kit for start, kit in reversed(changes) if start <= month), None)
            or self.kit_id
            for month in months
        ]
        norms = {
            kit: tuple(kit._get_norms(self.optional_line_ids, self.date_from))
            for kit in set(kits)
        }
        return [norms[kit] for kit in kits]

    def _prepare_line_values(self, cell):
        sequences = {line.item_id.id: line.sequence for line in self.kit_id.line_ids}
        return {
            "month": cell.month,
            "item_id": cell.key,
            "sequence": sequences.get(cell.key, 10),
            "periodicity": cell.periodicity,
            "quantity": float(cell.quantity.quantize(QUANTITY_UNIT)),
            "amount_plan": float(cell.amount),
        }

    def _get_months(self):
        return month_range(self.date_from, self.months)

    # -- Variants of a budget, its lines, expenses and papers --

    def action_new_scenario(self):
        """Open a draft variant of the budget: change its seats, kit or period."""
        self.ensure_one()
        self.check_access("read")
        base = self.scenario_of_id or self
        scenario = self.copy({"scenario_of_id": base.id})
        return scenario._get_form_action()

    def action_compare_scenarios(self):
        """Show the plans of the budget and its variants side by side."""
        self.ensure_one()
        self.check_access("read")
        base = self.scenario_of_id or self
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_budget_report_action_compare"
        )
        return action | {
            "domain": [("budget_id", "in", (base | base.scenario_ids).ids)]
        }

    def action_open_lines(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_budget_line_action"
        )
        return action | {"domain": [("budget_id", "=", self.id)], "context": {}}

    def action_download_xlsx(self):
        """The budget as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/callcenter_ops/workstation_budget/{self.id}/xlsx",
            "target": "download",
        }

    def action_open_actuals(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_actual_action"
        )
        return action | {
            "domain": [("budget_id", "=", self.id)],
            "context": {"default_budget_id": self.id},
        }

    def _get_paper_words(self):
        return BudgetPaper(self).get_texts()

    def _get_execution(self):
        """The plan as amended beside what was spent: a report that nobody signs."""
        self.check_access("read")
        return BudgetExecution(self).get_texts()

    def _get_xlsx(self):
        return BudgetWorkbook(self).get_content()

    # -- Who is told when a budget runs out --

    def _warn_usage(self):
        """Tell the responsible user once when 90 and once when 100 % are spent.

        Money that comes back takes the warning back: the next one is given again.
        """
        for budget in self:
            level = warning_level(budget.amount_actual, budget.amount_total)
            if level > budget.warned_percent:
                budget._post_usage_warning(level)
            if level != budget.warned_percent:
                # sudo: who enters an expense may not write the budget otherwise
                budget.sudo()._transition({"warned_percent": level})

    def _post_usage_warning(self, level):
        self._log_line(self._told_to()._describe_usage(level))
        user = self.user_id or self.create_uid
        # sudo: the warning belongs to the responsible user, whoever entered the expense
        self.sudo().activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=user.id,
            summary=self._told_to(user)._describe_usage(level),
        )

    def _describe_usage(self, level):
        return self.env._(
            "%(level)s %% of the budget %(budget)s are spent",
            level=level,
            budget=self.name,
        )
