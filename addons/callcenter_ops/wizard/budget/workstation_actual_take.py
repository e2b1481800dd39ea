from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.budget.expense_follower import ExpenseFollower
from ...models.budget.expense_taker import ExpenseTaker
from ...tools.budget.expense_match import AMBIGUOUS, UNKNOWN, match


class WorkstationActualTake(models.TransientModel):
    """Shows which lines of bills and orders belong to a budget and enters them.

    Each bridge to an app adds a field that chooses its documents.
    """

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
    has_documents = fields.Boolean(compute="_compute_has_documents")
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
    def _compute_has_documents(self):
        sources = self.env["callcenter.workstation.actual"]._get_expense_sources()
        self.has_documents = bool(sources)

    def action_find(self):
        """List the lines of the budget's period, each with the item it fits."""
        self.ensure_one()
        self._check_right()
        lines = self._read_lines()
        taker = ExpenseTaker(self.budget_id)
        taken, rules = taker.get_taken(lines), taker.get_rules()
        rows = [self._prepare_row(line, rules, taken) for line in lines]
        # sudo: a supplier is whom the document names, though HR may not see him
        self.sudo().write(
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
        chosen = self.row_ids.filtered("is_chosen")
        followed = ExpenseFollower(self.budget_id).follow()
        created, repeated, errors = ExpenseTaker(self.budget_id).take(
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
        if not self.has_documents:
            raise UserError(
                self.env._(
                    "Neither Invoicing nor Purchase is installed: enter the expenses "
                    "or import them from a file."
                )
            )

    def _read_lines(self):
        actuals = self.env["callcenter.workstation.actual"]
        sources = actuals._get_expense_sources()
        lines = []
        for code in self._get_chosen_sources():
            source = sources[code](self.budget_id, self.amounts == "total")
            lines += source.read_period()
        return lines

    def _get_chosen_sources(self):
        """Codes of the sources to read, see ``_get_expense_sources``."""
        return []

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
