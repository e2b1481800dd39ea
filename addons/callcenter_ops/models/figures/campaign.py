from odoo import models


class Campaign(models.Model):
    """A campaign that is started or stopped appears on the wallboards, or goes."""

    _inherit = "callcenter.campaign"

    def _transition(self, vals):
        result = super()._transition(vals)
        if "state" in vals:
            companies = self.company_id
            self.env["callcenter.wallboard"]._announce_campaigns(companies)
        return result
