from odoo import fields, models


class StopEntry(models.Model):
    _inherit = "callcenter.stop.entry"

    campaign_id = fields.Many2one(
        "callcenter.campaign",
        string="Only in campaign",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty = in every campaign.",
    )
