from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_practice_hour = fields.Integer(
        string="Practice cards an hour",
        default=120,
        help="Of one person: more cannot be read and thought about.",
    )

    _callcenter_practice_hour_range = models.Constraint(
        "CHECK(callcenter_practice_hour BETWEEN 1 AND 3600)",
        "A person practises between 1 and 3600 cards an hour.",
    )
