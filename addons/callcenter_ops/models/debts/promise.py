from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.debts.promise_state import BROKEN, KEPT, Promise, paid_in_time, settle

_BATCH = 1000


class PromiseToPay(models.Model):
    """A client's word to pay a sum by a day; payments decide whether he kept it."""

    _name = "callcenter.promise"
    _description = "Promise to pay"
    _order = "date_promised desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, readonly=True, index=True
    )
    debt_id = fields.Many2one(
        "callcenter.debt",
        readonly=True,
        index="btree_not_null",
        help="Empty = any debt of the client.",
        ondelete="set null",
    )
    call_id = fields.Many2one(
        "callcenter.call", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", readonly=True, index="btree_not_null"
    )
    employee_id = fields.Many2one("hr.employee", string="Operator", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, index=True)
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(string="Promised", required=True, readonly=True)
    amount_kept = fields.Monetary(
        string="Paid in time",
        readonly=True,
        help="Payments from the day of the promise to the promised day.",
    )
    date_made = fields.Date(string="Made on", required=True, readonly=True)
    date_promised = fields.Date(
        string="Promised for", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [
            ("open", "Awaited"),
            ("kept", "Kept"),
            ("broken", "Not kept"),
            ("replaced", "Replaced by a newer one"),
            ("cancelled", "Call corrected"),
        ],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    kept_count = fields.Integer(
        string="Kept promises", compute="_compute_decided", store=True
    )
    decided_count = fields.Integer(
        string="Decided promises",
        compute="_compute_decided",
        store=True,
        help="Kept ones and those that were not; kept / decided is the kept share.",
    )

    _call_unique = models.UniqueIndex("(call_id) WHERE call_id IS NOT NULL")
    _sums = models.Constraint(
        "CHECK (amount > 0 AND date_promised >= date_made)",
        "A promise needs a sum and a day that is not past.",
    )

    @api.depends("state")
    def _compute_decided(self):
        for record in self:
            record.kept_count = record.state == KEPT
            record.decided_count = record.state in (KEPT, BROKEN)

    @api.model
    def _make(self, call):
        """Write down what the client promised in ``call``; the older word is void."""
        debts = self.env["callcenter.debt"]._get_open(call.partner_id, call.company_id)
        self._check_sum(call, debts)
        debt = debts if len(debts) == 1 else debts.browse()
        self.search(
            [
                ("partner_id", "=", call.partner_id.id),
                ("company_id", "=", call.company_id.id),
                ("state", "=", "open"),
            ]
        ).state = "replaced"
        self.flush_model(["state"])
        promise = self.create(self._prepare(call, debt))
        promise._settle()
        return promise

    @api.model
    def _check_sum(self, call, debts):
        """Nobody promises more than he owes."""
        owed = sum(debts.mapped("amount_left"))
        currency = call.company_id.currency_id
        if debts and currency.compare_amounts(call.promise_amount, owed) > 0:
            raise UserError(
                self.env._(
                    "The client owes %(owed)s: he cannot promise %(promised)s.",
                    owed=currency.format(owed),
                    promised=currency.format(call.promise_amount),
                )
            )

    @api.model
    def _prepare(self, call, debt):
        return {
            "partner_id": call.partner_id.id,
            "debt_id": debt.id,
            "call_id": call.id,
            "campaign_id": call.campaign_id.id,
            "employee_id": call.employee_id.id,
            "user_id": call.user_id.id,
            "department_id": call.department_id.id,
            "company_id": call.company_id.id,
            "amount": call.promise_amount,
            "date_made": call.company_id._callcenter_local(call.started_at).date(),
            "date_promised": call.promise_date,
        }

    def _settle(self):
        """Decide by the payments and the company's day."""
        payments = self._get_payments()
        for record in self:
            own = [
                (day, amount)
                for debt_id, day, amount in payments.get(record.partner_id.id, ())
                if record.debt_id.id in (False, debt_id)
            ]
            record._decide(own)

    def _decide(self, payments):
        promise = Promise(self.amount, self.date_made, self.date_promised)
        today = self.company_id._callcenter_today()
        self.write(
            {
                "amount_kept": paid_in_time(promise, payments),
                "state": settle(promise, payments, today),
            }
        )

    def _get_payments(self):
        """Client -> ``[(debt id, day, amount)]``, for all promises in one query."""
        rows = self.env["callcenter.debt.payment"].search_fetch(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("date", ">=", min(self.mapped("date_made"), default=False)),
            ]
            if self
            else [("id", "=", 0)],
            ["partner_id", "debt_id", "date", "amount"],
        )
        payments = {}
        for row in rows:
            entry = (row.debt_id.id, row.date, row.amount)
            payments.setdefault(row.partner_id.id, []).append(entry)
        return payments

    @api.model
    def _cron_settle(self):
        """Decide about the promises whose day has passed."""
        for company, today in self.env["res.company"]._callcenter_todays():
            domain = Domain("company_id", "=", company.id) & Domain(
                "state", "=", "open"
            )
            due = domain & Domain("date_promised", "<", today)
            while found := self.search(due, limit=_BATCH):
                found._settle()
                if not self.env["ir.cron"]._commit_progress(len(found)):
                    return

    @api.model
    def _get_totals(self, domain):
        """Counts of promises by state, for ``tools.kpi``: ``kept`` and ``broken``."""
        groups = self._read_group(domain, ["state"], ["__count"])
        return {f"promises_{state}": count for state, count in groups}

    @api.model
    def _get_list_action(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.promise_action"
        )
        return action | {"domain": domain, "context": {}}
