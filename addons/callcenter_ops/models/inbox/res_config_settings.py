from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    callcenter_service_calendar_id = fields.Many2one(
        related="company_id.callcenter_service_calendar_id", readonly=False
    )
