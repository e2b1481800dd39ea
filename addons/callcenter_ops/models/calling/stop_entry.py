from odoo import api, fields, models


class StopEntry(models.Model):
    _inherit = "callcenter.stop.entry"

    campaign_id = fields.Many2one(
        "callcenter.campaign",
        string="Only in campaign",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty = in every campaign.",
    )

    def _get_scope(self):
        return (*super()._get_scope(), self.campaign_id.id)

    @api.model
    def _find_binding(self, client):
        """Who said no to one campaign may be called in another."""
        return super()._find_binding(client).filtered(lambda one: not one.campaign_id)
