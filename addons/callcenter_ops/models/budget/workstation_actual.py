from odoo import api, fields, models

from ...tools.budget.expense_sheet import document_key
from ...tools.common.period import first_of_month
from .expense_follower import ExpenseFollower


class WorkstationActual(models.Model):
    """What was really paid for workplaces; it finds its line of the budget itself.

    It is entered, imported from a file, or taken from documents of other apps, which it
    follows ever after.
    """

    _name = "callcenter.workstation.actual"
    _inherit = ["callcenter.workstation.mixin"]
    _description = "Workplace expense"
    _order = "date desc, id desc"
    _check_company_auto = True

    _guarded_fields = (
        "line_id",
        "row_key",
        "origin",
        "import_key",
        "source_key",
        "source_state",
        "is_untaxed",
    )

    budget_id = fields.Many2one(
        "callcenter.workstation.budget",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('state', '=', 'approved')]",
    )
    line_id = fields.Many2one(
        "callcenter.workstation.budget.line",
        string="Budget line",
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="budget_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(
        related="budget_id.currency_id", string="Company currency"
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    item_id = fields.Many2one(
        "callcenter.cost.item",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    supplier_id = fields.Many2one("res.partner", check_company=True)
    document_ref = fields.Char(
        string="Document", help="Number of the bill, invoice or receipt."
    )
    document_row = fields.Integer(
        string="Row of the document",
        default=1,
        help="Tells two equal rows of one document apart.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(required=True)
    is_refund = fields.Boolean(string="Refund", help="Money that came back.")
    amount_company = fields.Monetary(
        string="Amount, company currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="At the rate of the day of the document; refunds are negative.",
    )
    origin = fields.Selection(
        lambda self: self._get_origins(),
        default="manual",
        required=True,
        readonly=True,
    )
    row_key = fields.Char(
        readonly=True,
        copy=False,
        compute="_compute_row_key",
        store=True,
        help="By this the same row of the same document is recognised.",
    )
    import_key = fields.Char(
        readonly=True,
        copy=False,
        help="Stands for the document of imported rows that name none.",
    )
    source_key = fields.Char(
        readonly=True,
        copy=False,
        help="The line of the bill or of the purchase order that it was taken from.",
    )
    source_state = fields.Selection(
        [
            ("kept", "In the books"),
            ("withdrawn", "Withdrawn"),
            ("late", "Withdrawn after closing"),
        ],
        string="Source",
        default="kept",
        required=True,
        readonly=True,
        copy=False,
        help="An expense whose bill or order is no longer posted counts as nothing; "
        "after the budget is closed it still counts.",
    )
    is_untaxed = fields.Boolean(
        string="Without taxes",
        readonly=True,
        copy=False,
        help="The amount was taken from its document without the taxes.",
    )
    note = fields.Char()

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)",
        "The amount must be more than zero; mark money that came back as a refund.",
    )
    _row_once = models.UniqueIndex(
        "(company_id, row_key) WHERE row_key IS NOT NULL",
        "This row of this document is already entered.",
    )
    _source_once = models.UniqueIndex(
        "(company_id, source_key) WHERE source_key IS NOT NULL",
        "This line of a bill or order is already taken as an expense.",
    )

    @api.model
    def _get_expense_sources(self):
        """From where else expenses can be taken; each bridge to an app adds its own.

        :return: ``{code: subclass of ExpenseSource}``
        """
        return {}

    @api.model
    def _get_origins(self):
        sources = self._get_expense_sources().items()
        return [
            ("manual", self.env._("Entered")),
            ("import", self.env._("Imported")),
            *((code, source.get_label(self.env)) for code, source in sources),
        ]

    @api.depends("amount", "currency_id", "date", "is_refund", "source_state")
    def _compute_amount_company(self):
        for actual in self:
            if actual.source_state == "withdrawn":
                actual.amount_company = 0
                continue
            amount = actual._to_company_currency(
                actual.amount, actual.currency_id, actual.date
            )
            actual.amount_company = float(-amount if actual.is_refund else amount)

    @api.depends(
        "document_ref",
        "document_row",
        "supplier_id",
        "item_id",
        "date",
        "import_key",
        "source_state",
    )
    def _compute_row_key(self):
        for actual in self:
            if actual.source_state == "withdrawn":
                actual.row_key = False  # the document may be entered anew
            elif actual.document_ref:
                actual.row_key = actual._get_document_key()
            else:
                actual.row_key = actual.import_key

    def _get_document_key(self, on_date=None):
        return document_key(
            self.supplier_id.id,
            self.document_ref,
            on_date or self.date,
            self.item_id.id,
            self.document_row,
        )

    @api.model_create_multi
    def create(self, vals_list):
        actuals = super().create(vals_list)
        actuals._attach()
        return actuals

    def write(self, vals):
        self._check_budget_open()
        result = super().write(vals)
        if {"budget_id", "date", "item_id"} & vals.keys():
            self._attach()
        elif {"amount", "currency_id", "is_refund", "source_state"} & vals.keys():
            self.budget_id._warn_usage()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_budget_open()

    @api.constrains("budget_id", "date")
    def _check_period(self):
        self._check_budget_open()
        for actual in self:
            actual.budget_id._check_covers(actual.date)

    def _check_budget_open(self):
        if not self._is_in_transition():
            self.budget_id._check_in_state("approved")

    def _attach(self):
        """Find the budget line of each expense; unplanned ones get a line of zero."""
        lines = self._get_lines()
        for actual in self:
            key = actual._get_line_key()
            if key not in lines:
                lines[key] = actual._create_unplanned_line()
            actual._transition({"line_id": lines[key].id})
        self.budget_id._warn_usage()

    def _get_line_key(self):
        return (self.budget_id.id, first_of_month(self.date), self.item_id.id)

    def _get_lines(self):
        """``{key: line}`` of all lines of the budgets for the items."""
        lines = self.env["callcenter.workstation.budget.line"].search(
            [
                ("budget_id", "in", self.budget_id.ids),
                ("item_id", "in", self.item_id.ids),
            ]
        )
        return {
            (line.budget_id.id, line.month, line.item_id.id): line for line in lines
        }

    def _create_unplanned_line(self):
        budget, month, item = self._get_line_key()
        lines = self.env["callcenter.workstation.budget.line"]
        return lines._in_transition().create(
            {
                "budget_id": budget,
                "month": month,
                "item_id": item,
                "periodicity": self.item_id.periodicity,
                "quantity": 0,
                "amount_plan": 0,
            }
        )

    # -- Following the documents that expenses were taken from --

    @api.model
    def _cron_follow(self):
        """Look at the documents of all budgets that took any."""
        for (budget,) in self._read_group(self._get_followed_domain(), ["budget_id"]):
            ExpenseFollower(budget).follow()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _get_followed_domain(self):
        # An app that is uninstalled takes no expense with it.
        return [
            ("origin", "in", list(self._get_expense_sources())),
            ("source_key", "!=", False),
            ("source_state", "!=", "late"),
        ]
