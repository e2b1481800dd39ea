from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _forget_traces(self):
        """Also in letters."""
        # sudo: the letters of all inboxes; the right to forget was checked before
        letters = self.env["callcenter.enquiry"].sudo()
        letters.search([("partner_id", "=", self.id)])._forget_letter()
        return super()._forget_traces()
