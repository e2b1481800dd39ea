from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    callcenter_exam_reserve = fields.Integer(
        related="company_id.callcenter_exam_reserve", readonly=False
    )
