from odoo import api, fields, models
from odoo.exceptions import UserError


class CampaignRecycle(models.TransientModel):
    """Choose whose contacts of a campaign are called once more."""

    _name = "callcenter.campaign.recycle"
    _description = "Call contacts once more"

    campaign_id = fields.Many2one("callcenter.campaign", required=True)
    disposition_ids = fields.Many2many(
        "callcenter.disposition", string="Last results", required=True
    )
    reset_attempts = fields.Boolean(
        string="Count attempts anew",
        default=True,
        help="Otherwise those whose attempts are exhausted stay out.",
    )
    contact_count = fields.Integer(
        string="Contacts to call", compute="_compute_contact_count"
    )

    @api.depends("campaign_id", "disposition_ids")
    def _compute_contact_count(self):
        for record in self:
            # One wizard is open at a time: a live count of what will happen.
            record.contact_count = self.env["callcenter.campaign.contact"].search_count(
                record.campaign_id._get_recycle_domain(record.disposition_ids)
            )

    def action_recycle(self):
        """Put the chosen contacts back into the queue."""
        self.ensure_one()
        if not self.disposition_ids:
            raise UserError(self.env._("Choose the results whose clients come back."))
        self.campaign_id._recycle(self.disposition_ids, self.reset_attempts)
        return {"type": "ir.actions.act_window_close"}
