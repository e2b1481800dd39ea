from odoo import api, fields, models


class DebtPayment(models.Model):
    """Money that came for a debt, entered by hand or from the bank's file.

    What was entered wrong is struck out and entered anew; both stay to be seen.
    """

    _name = "callcenter.debt.payment"
    _description = "Payment of a debt"
    _inherit = ["callcenter.guarded.mixin"]
    _order = "date desc, id desc"
    _guarded_fields = ()
    _settled_fields = ("debt_id", "name", "date", "amount")

    debt_id = fields.Many2one(
        "callcenter.debt", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        related="debt_id.partner_id", string="Client", store=True, index=True
    )
    company_id = fields.Many2one(related="debt_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(
        string="Payment document", required=True, help="Number of the bank's paper."
    )
    date = fields.Date(
        string="Paid on", required=True, default=fields.Date.context_today
    )
    amount = fields.Monetary(required=True)
    comment = fields.Char()
    active = fields.Boolean(
        string="Counts", default=True, readonly=True, help="Not struck out."
    )

    _document_unique = models.UniqueIndex(
        "(debt_id, name) WHERE active", "This payment is entered already."
    )
    _positive = models.Constraint("CHECK (amount > 0)", "A payment must be positive.")

    @api.model_create_multi
    def create(self, vals_list):
        payments = super().create(vals_list)
        payments._settle_promises()
        payments._free_contacts()
        return payments

    def action_strike_out(self):
        """A payment that was entered by mistake counts no more."""
        self._check_role("callcenter_ops.group_supervisor")
        self.check_access("write")
        for payment in self.filtered("active"):
            payment._transition({"active": False})
            payment.debt_id.message_post(
                body=payment.debt_id._told_to().env._(
                    "Payment %(name)s of %(amount)s struck out.",
                    name=payment.name,
                    amount=payment.currency_id.format(payment.amount),
                )
            )
        self._settle_promises()
        self._queue_again(self.partner_id)

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self.browse()._settle_promises(partners)
        self._queue_again(partners)
        return result

    def _free_contacts(self):
        """Whoever owes nothing any more is not called about it."""
        # sudo: whoever enters a payment may not see all debts of the client
        owing = self.env["callcenter.debt"].sudo()
        owing = owing.search(
            [("partner_id", "in", self.partner_id.ids), ("state", "=", "open")]
        )
        # sudo: the server alone moves contacts; what was paid decides
        contacts = self.env["callcenter.campaign.contact"].sudo()
        contacts.search(
            [
                ("partner_id", "in", (self.partner_id - owing.partner_id).ids),
                ("campaign_id.purpose", "=", "debt"),
                ("state", "=", "queued"),
            ]
        )._transition({"state": "done", "exclusion_reason": "paid"})

    def _queue_again(self, partners):
        """Whoever owes again, as his payment counts no more, is called about it."""
        # sudo: whoever takes a payment back may not see all debts of the client
        owing = self.env["callcenter.debt"].sudo()
        owing = owing.search(
            [("partner_id", "in", partners.ids), ("state", "=", "open")]
        )
        # sudo: the server alone moves contacts; what is owed decides
        contacts = self.env["callcenter.campaign.contact"].sudo()
        contacts.search(
            [
                ("partner_id", "in", owing.partner_id.ids),
                ("campaign_id.purpose", "=", "debt"),
                ("state", "=", "done"),
                ("exclusion_reason", "=", "paid"),
            ]
        )._return_to_queue(reset_attempts=False)

    def _settle_promises(self, partners=None):
        """What was paid decides about the promises, the broken ones included."""
        clients = self.partner_id | (partners or self.env["res.partner"])
        # sudo: promises are written by the server alone
        promises = self.env["callcenter.promise"].sudo()
        promises.search(
            [
                ("partner_id", "in", clients.ids),
                ("state", "in", ("open", "kept", "broken")),
            ]
        )._settle()
