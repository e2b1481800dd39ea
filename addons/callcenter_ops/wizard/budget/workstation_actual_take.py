from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.budget.expense_match import AMBIGUOUS, UNKNOWN, match


class WorkstationActualTake(models.TransientModel):
    """Shows which lines of bills and orders belong to a budget and enters them."""

    _name = "callcenter.workstation.actual.take"
    _inherit = ["callcenter.workstation.mixin"]
    _description = "Take expenses from bills"

    _guarded_fields = ()

    budget_id = fields.Many2one(
        "callcenter.workstation.budget",
        required=True,
        domain="[('state', '=', 'approved')]",
    )
    company_id = fields.Many2one(related="budget_id.company_id")
    has_bills = fields.Boolean(compute="_compute_sources")
    has_orders = fields.Boolean(compute="_compute_sources")
    with_bills = fields.Boolean(string="Posted vendor bills", default=True)
    with_orders = fields.Boolean(
        string="Confirmed purchase orders",
        help="What no posted bill holds yet; it shrinks as the bills come.",
    )
    amounts = fields.Selection(
        [("total", "With taxes"), ("untaxed", "Without taxes")],
        required=True,
        default="total",
    )
    state = fields.Selection(
        [("ask", "Search"), ("found", "Found"), ("done", "Entered")],
        default="ask",
        readonly=True,
    )
    row_ids = fields.One2many(
        "callcenter.workstation.actual.take.row", "take_id", string="Lines"
    )
    unknown_count = fields.Integer(
        string="Not recognised",
        readonly=True,
        help="Lines that several cost items name: choose the item in the list.",
    )
    created_count = fields.Integer(string="Entered", readonly=True)
    renewed_count = fields.Integer(string="Changed since", readonly=True)
    repeated_count = fields.Integer(string="Entered before", readonly=True)
    errors = fields.Text(string="Cannot be taken", readonly=True)

    @api.depends("budget_id")
    def _compute_sources(self):
        sources = self.env["callcenter.workstation.bill.reader"]._get_sources()
        for take in self:
            take.has_bills = "bill" in sources
            take.has_orders = "order" in sources

    def action_find(self):
        """List the lines of the budget's period, each with the item it fits."""
        self.ensure_one()
        self._check_right()
        lines = self._read_lines()
        taken = self.env["callcenter.workstation.actual"]._get_taken(
            self.budget_id, lines
        )
        rules = self._get_rules()
        rows = [self._prepare_row(line, rules, taken) for line in lines]
        self.write(
            {
                "state": "found",
                "row_ids": [Command.clear(), *map(Command.create, rows)],
                "unknown_count": sum(not row["item_id"] for row in rows),
            }
        )
        return self._reopen()

    def action_take(self):
        """Enter the chosen lines; their amounts are read anew from the documents."""
        self.ensure_one()
        self._check_right()
        self._check_in_state("found")
        actuals = self.env["callcenter.workstation.actual"]
        chosen = self.row_ids.filtered("is_chosen")
        followed = actuals._follow_sources(self.budget_id)
        created, repeated, errors = actuals._take_lines(
            self.budget_id,
            self._read_lines(),
            {row.source_key: row.item_id.id for row in chosen if row.item_id},
            self.amounts == "total",
        )
        self.write(
            {
                "state": "done",
                "created_count": len(created),
                "renewed_count": len(followed),
                "repeated_count": repeated,
                "errors": "\n".join(
                    f"{line.document} {line.label}: {message}"
                    for line, message in errors
                ),
            }
        )
        return self._reopen()

    def _check_right(self):
        self._check_role("callcenter_ops.group_hr")
        self.check_access("write")
        self.budget_id.check_access("read")
        self.budget_id._check_in_state("approved")
        if not (self.has_bills or self.has_orders):
            raise UserError(
                self.env._(
                    "Neither Invoicing nor Purchase is installed: enter the expenses "
                    "or import them from a file."
                )
            )

    def _read_lines(self):
        sources = [
            source
            for source, wanted in (
                ("bill", self.with_bills),
                ("order", self.with_orders),
            )
            if wanted
        ]
        return self.env["callcenter.workstation.bill.reader"]._read_source_lines(
            self.budget_id, sources, self.amounts == "total"
        )

    def _get_rules(self):
        items = self.env["callcenter.cost.item"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return items._get_match_rules()

    def _prepare_row(self, line, rules, taken):
        item_id, how = match(line, rules)
        return {
            "source_key": line.key,
            "kind": line.kind,
            "date": line.date,
            "document": line.document,
            "supplier_id": line.supplier_id,
            "label": line.label,
            "amount": float(line.amount),
            "currency_id": line.currency_id,
            "item_id": item_id,
            "how": AMBIGUOUS if how == UNKNOWN else how,
            "is_taken": line.key in taken,
            "is_chosen": bool(item_id and line.amount and line.key not in taken),
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take from bills"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
