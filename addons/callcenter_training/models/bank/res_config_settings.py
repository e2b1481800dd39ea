from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    callcenter_question_release = fields.Selection(
        related="company_id.callcenter_question_release", readonly=False
    )
    callcenter_release_hours = fields.Integer(
        related="company_id.callcenter_release_hours", readonly=False
    )
