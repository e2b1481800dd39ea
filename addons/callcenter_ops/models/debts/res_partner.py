from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    callcenter_debt_ids = fields.One2many(
        "callcenter.debt",
        "partner_id",
        string="Debts",
        groups="callcenter_ops.group_supervisor",
    )

    def _is_callcenter_debtor(self, company):
        # sudo: whether the client owes something, asked by whoever has him in hand
        debts = self.env["callcenter.debt"].sudo()
        return bool(debts._get_open(self, company))
