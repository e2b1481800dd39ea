from odoo import fields, models


class Campaign(models.Model):
    """A campaign that is started or stopped appears on the wallboards, or goes."""

    _inherit = "callcenter.campaign"

    forecast_ids = fields.One2many("callcenter.campaign.forecast", "campaign_id")

    def action_forecast(self):
        """Count anew when this campaign will be done."""
        self.ensure_one()
        self._check_role(
            "callcenter_ops.group_supervisor", "callcenter_ops.group_director"
        )
        self.env["callcenter.campaign.forecast"]._count(self)

    def _transition(self, vals):
        result = super()._transition(vals)
        if "state" in vals:
            companies = self.company_id
            self.env["callcenter.wallboard"]._announce_campaigns(companies)
        return result
