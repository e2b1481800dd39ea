from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _forget_traces(self):
        """The sheets of his calls hold what was noted of them."""
        # sudo: nobody's own sheets; the right to forget was checked before
        calls = self.env["callcenter.call"].sudo()
        sheets = calls.search([("partner_id", "=", self.id)]).sheet_id
        sheets._excuse(sheets._told_to().env._("The client asked to be forgotten."))
        return super()._forget_traces()
