from odoo import api, fields, models

from ...tools.calling.kpi import KPIS
from ...tools.debts.ageing import NOT_DUE, UNKNOWN


class DebtAgeingRow(models.TransientModel):
    """One age of debts in a report."""

    _name = "callcenter.debt.ageing.row"
    _description = "Age of debts"

    ageing_id = fields.Many2one(
        "callcenter.debt.ageing", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="ageing_id.currency_id")
    bucket = fields.Selection(
        [
            (NOT_DUE, "Not due yet"),
            ("to_30", "0–30 days"),
            ("to_60", "31–60 days"),
            ("to_90", "61–90 days"),
            ("beyond", "More than 90 days"),
            (UNKNOWN, "Any debt of the client"),
        ],
        string="Due for",
        required=True,
        readonly=True,
    )
    debt_count = fields.Integer(string="Debts", readonly=True)
    amount_left = fields.Monetary(
        string="Owed",
        readonly=True,
        help="Amount less the payments up to the last day; by the age on that day.",
    )
    promise_count = fields.Integer(string="Promises", readonly=True)
    amount_promised = fields.Monetary(
        string="Promised",
        readonly=True,
        help="Promised for a day of the period; by the age on that day. Promises that "
        "were replaced or whose call was corrected do not count.",
    )
    kept_count = fields.Integer(string="Kept", readonly=True)
    decided_count = fields.Integer(string="Decided", readonly=True)
    amount_kept = fields.Monetary(string="Kept, amount", readonly=True)
    kept_share = fields.Float(
        string="Kept, share",
        compute="_compute_kept_share",
        help="Promises kept in time / promises that came due",
    )
    amount_collected = fields.Monetary(
        string="Collected",
        readonly=True,
        help="Payments of the period; by the age of the debt on the day of payment.",
    )

    @api.depends("kept_count", "decided_count")
    def _compute_kept_share(self):
        for row in self:
            broken = row.decided_count - row.kept_count
            sums = {"promises_kept": row.kept_count, "promises_broken": broken}
            row.kept_share = KPIS["kept_share"].value(sums) or 0

    def action_open_debts(self):
        """The debts of this age."""
        return self._open("debt")

    def action_open_promises(self):
        """The promises of the period about debts of this age."""
        return self._open("promise")

    def action_open_payments(self):
        """The payments of the period for debts of this age."""
        return self._open("payment")

    def _open(self, kind):
        self.ensure_one()
        self.check_access("read")
        return self.ageing_id._open(kind, self.bucket)
