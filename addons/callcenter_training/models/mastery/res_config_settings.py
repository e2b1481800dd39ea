from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    callcenter_practice_hour = fields.Integer(
        related="company_id.callcenter_practice_hour", readonly=False
    )
