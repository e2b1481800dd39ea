from odoo import api, fields, models
from odoo.fields import Domain


class Debt(models.Model):
    """What a client owes by one document; promises and payments hang on it."""

    _name = "callcenter.debt"
    _description = "Debt of a client"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_due, id"
    _settled_fields = ("name", "partner_id", "company_id")

    name = fields.Char(
        string="Document", required=True, help="Number of the invoice or contract."
    )
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, tracking=True)
    date_due = fields.Date(string="Due on", required=True, tracking=True, index=True)
    comment = fields.Char()
    payment_ids = fields.One2many(
        "callcenter.debt.payment", "debt_id", string="Payments"
    )
    promise_ids = fields.One2many("callcenter.promise", "debt_id", string="Promises")
    amount_paid = fields.Monetary(
        string="Paid", compute="_compute_amount_paid", store=True
    )
    amount_left = fields.Monetary(
        string="Still owed", compute="_compute_amount_paid", store=True
    )
    state = fields.Selection(
        [("open", "Owed"), ("paid", "Paid")],
        compute="_compute_amount_paid",
        store=True,
        index=True,
    )
    days_overdue = fields.Integer(compute="_compute_days_overdue", aggregator=None)

    _name_unique = models.Constraint(
        "UNIQUE (company_id, name)", "A debt by this document exists already."
    )
    _positive = models.Constraint("CHECK (amount > 0)", "A debt must be positive.")
    _open_idx = models.Index("(partner_id) WHERE state = 'open'")

    @api.depends("amount", "payment_ids.amount", "payment_ids.active")
    def _compute_amount_paid(self):
        for debt in self:
            paid = sum(debt.payment_ids.mapped("amount"))
            debt.amount_paid = paid
            debt.amount_left = max(debt.amount - paid, 0)
            is_paid = (
                debt.company_id.currency_id.compare_amounts(paid, debt.amount) >= 0
            )
            debt.state = "paid" if is_paid else "open"

    @api.depends("date_due", "state")
    def _compute_days_overdue(self):
        today = self.env.company._callcenter_today()
        for debt in self:
            is_late = debt.state == "open" and debt.date_due and debt.date_due < today
            debt.days_overdue = (today - debt.date_due).days if is_late else 0

    @api.model
    def _get_open(self, partner, company):
        """Open debts of a client, the oldest first."""
        domain = Domain("partner_id", "=", partner.id) & Domain("state", "=", "open")
        return self.search(domain & Domain("company_id", "=", company.id), limit=20)

    def action_open_promises(self):
        """The promises about these debts."""
        self.check_access("read")
        return self.env["callcenter.promise"]._get_list_action(
            [("debt_id", "in", self.ids)]
        )
