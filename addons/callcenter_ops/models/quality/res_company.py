from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_weak_percent = fields.Float(
        string="Weak below, %",
        default=60,
        help="An operator repeats a topic when he earned less than this share of its "
        "points in the evaluations of the last 90 days.",
    )
