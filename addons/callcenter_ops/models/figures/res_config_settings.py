from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    callcenter_missed_hours = fields.Float(
        related="company_id.callcenter_missed_hours", readonly=False
    )
    callcenter_missed_department_id = fields.Many2one(
        related="company_id.callcenter_missed_department_id", readonly=False
    )
