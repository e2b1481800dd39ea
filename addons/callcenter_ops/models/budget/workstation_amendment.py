from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.budget.cost_plan import difference
from ...tools.common.exact_money import exact_sum, to_decimal
from ...tools.common.period import first_of_month
from ...tools.common.row_guard import frozen
from ...tools.workstation.norm import QUANTITY_UNIT
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS, PAPER_MARKS
from .workstation_amendment_paper import AmendmentPaper


class WorkstationAmendment(models.Model):
    """A numbered change of an approved budget: amounts by month and item.

    Changes add up: two amendments change the plan like one that holds both. One that
    was worked out from seats or a kit only holds as long as nobody else changed the
    same months since.
    """

    _name = "callcenter.workstation.amendment"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.workstation.mixin",
        "callcenter.signed.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Budget amendment"
    _order = "budget_id, number desc, id desc"
    _check_company_auto = True

    _guarded_fields = (
        "state",
        "number",
        "approved_by_id",
        "approved_on",
        "base_count",
        "is_planned",
        *PAPER_FIELDS,
    )
    _frozen_states = ("approved",)
    _guard_update, _guard_delete = frozen(
        "callcenter.workstation.amendment",
        ("approved",),
        free=PAPER_MARKS,
        once=PAPER_COLUMNS,
        stays=True,
    )
    _paper_report = "callcenter_ops.workstation_amendment_action_report"

    number = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Given at approval."
    )
    budget_id = fields.Many2one(
        "callcenter.workstation.budget",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('state', '=', 'approved')]",
    )
    company_id = fields.Many2one(related="budget_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="budget_id.currency_id")
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    reason = fields.Char(required=True, tracking=True)
    month = fields.Date(
        string="From the month", help="Seats or kit change from this month on."
    )
    seat_count = fields.Integer(
        string="Seats",
        compute="_compute_seat_count",
        store=True,
        readonly=False,
        help="Seats from that month to the end of the budget.",
    )
    kit_id = fields.Many2one(
        "callcenter.workstation.kit",
        check_company=True,
        ondelete="restrict",
        help="Kit from that month on; empty: the kit stays.",
    )
    base_count = fields.Integer(readonly=True, copy=False, aggregator=None)
    is_planned = fields.Boolean(readonly=True, copy=False)
    line_ids = fields.One2many(
        "callcenter.workstation.amendment.line", "amendment_id", string="Changes"
    )
    amount_total = fields.Monetary(
        string="Change of the plan", compute="_compute_amount_total", store=True
    )
    amount_words = fields.Char(string="In words", compute="_compute_amount_words")
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)

    _number_unique = models.UniqueIndex(
        "(budget_id, number) WHERE state = 'approved'",
        "The budget already has an amendment of this number.",
    )

    @api.depends("budget_id", "month")
    def _compute_seat_count(self):
        """As many as are planned, so that only the kit may change."""
        for amendment in self:
            amendment.seat_count = (
                amendment.month
                and amendment.budget_id
                and amendment.budget_id._get_seats(first_of_month(amendment.month))
            )

    @api.depends("line_ids.amount")
    def _compute_amount_total(self):
        for amendment in self:
            amounts = amendment.line_ids.mapped("amount")
            amendment.amount_total = float(
                exact_sum(amounts, amendment._get_rounding())
            )

    @api.depends("amount_total", "currency_id")
    @api.depends_context("lang")
    def _compute_amount_words(self):
        for amendment in self:
            amendment.amount_words = amendment._get_amount_words(
                amendment.amount_total, amendment.currency_id
            )

    @api.depends_context("lang")
    @api.depends("number", "budget_id.name")
    def _compute_display_name(self):
        for amendment in self:
            amendment.display_name = self.env._(
                "Amendment %(number)s to %(budget)s",
                number=amendment.number or "…",
                budget=amendment.budget_id.name or "…",
            )

    def action_plan(self):
        """Work the changes out from the new seats and the new kit."""
        self.check_access("write")
        self._check_in_state("draft")
        for amendment in self:
            amendment._check_inputs()
            amendment._plan()

    def action_approve(self):
        """The Director approves amendments: they get a number and change the plan."""
        self._check_role("callcenter_ops.group_director")
        self.env.user._check_callcenter_right_awake()
        self.check_access("write")
        self._check_in_state("draft")
        for amendment in self:
            amendment.budget_id.try_lock_for_update()
            amendment.budget_id._check_in_state("approved")
            amendment._check_current()
            amendment._apply()
            amendment._transition(
                {
                    "state": "approved",
                    "number": amendment._count_approved() + 1,
                    "approved_by_id": self.env.user.id,
                    "approved_on": fields.Datetime.now(),
                }
            )
            amendment._keep_paper()
            amendment.budget_id._warn_usage()

    def _get_paper_words(self):
        return AmendmentPaper(self).get_texts()

    def _get_paper_file_name(self):
        return AmendmentPaper(self).get_file_name()

    def _plan(self):
        budget = self.budget_id
        before = budget._plan_cells()
        after = budget._plan_cells(self._get_steps())
        self.line_ids = [Command.clear()] + [
            Command.create(self._prepare_line_values(cell))
            for cell in difference(before, after)
        ]
        self._transition({"base_count": self._count_approved(), "is_planned": True})

    def _get_steps(self):
        """Steps of the budget as they will be: the new one ends all later ones."""
        start = first_of_month(self.month)
        kept = [step for step in self.budget_id._get_steps() if step[0] < start]
        kits = [kit for _month, _seats, kit in kept if kit]
        return [*kept, (start, self.seat_count, self.kit_id or (kits or [None])[-1])]

    def _prepare_line_values(self, cell):
        return {
            "month": cell.month,
            "item_id": cell.key,
            "periodicity": cell.periodicity,
            "quantity": float(cell.quantity.quantize(QUANTITY_UNIT)),
            "amount": float(cell.amount),
        }

    def _apply(self):
        """Add the changes to the plan; the steps of the budget follow."""
        lines = {
            (line.month, line.item_id, line.periodicity): line
            for line in self.budget_id.line_ids
        }
        for change in self.line_ids:
            key = (change.month, change.item_id, change.periodicity)
            self._apply_change(change, lines.get(key))
        if self.is_planned:
            self._apply_steps()

    def _apply_change(self, change, line):
        planned = line.amount_plan if line else 0.0
        amount = exact_sum([planned, change.amount], self._get_rounding())
        if amount < 0:
            raise UserError(
                self.env._(
                    "%(item)s in %(month)s would be planned below zero.",
                    item=change.item_id.name,
                    month=change.month,
                )
            )
        quantity = to_decimal(line.quantity if line else 0, QUANTITY_UNIT)
        quantity += to_decimal(change.quantity, QUANTITY_UNIT)
        vals = {"amount_plan": float(amount), "quantity": max(0.0, float(quantity))}
        if line:
            line._transition(vals)
        else:
            self._create_line(change, vals)

    def _create_line(self, change, vals):
        lines = self.env["callcenter.workstation.budget.line"]
        lines._in_transition().create(
            {
                "budget_id": self.budget_id.id,
                "month": change.month,
                "item_id": change.item_id.id,
                "periodicity": change.periodicity,
            }
            | vals
        )

    def _apply_steps(self):
        start = first_of_month(self.month)
        steps = self.budget_id.seat_step_ids._in_transition()
        steps.filtered(lambda step: step.month >= start).unlink()
        steps.create(
            {
                "budget_id": self.budget_id.id,
                "month": start,
                "seat_count": self.seat_count,
                "kit_id": self.kit_id.id,
            }
        )

    def _count_approved(self):
        return self.search_count(
            [("budget_id", "=", self.budget_id.id), ("state", "=", "approved")]
        )

    def _check_inputs(self):
        if not self.month:
            raise UserError(
                self.env._("Say from which month the seats or the kit change.")
            )
        if self.seat_count < 0:
            raise UserError(self.env._("The number of seats cannot be negative."))
        self.budget_id._check_covers(first_of_month(self.month))

    def _check_current(self):
        if not self.line_ids:
            raise UserError(self.env._("The amendment changes nothing."))
        if self.is_planned and self.base_count != self._count_approved():
            raise UserError(
                self.env._(
                    "Another amendment of %(budget)s was approved meanwhile: work the "
                    "changes out anew.",
                    budget=self.budget_id.name,
                )
            )
