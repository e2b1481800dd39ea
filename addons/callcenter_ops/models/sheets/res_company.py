from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_plan_attempts = fields.Integer(
        string="Attempts a day",
        help="Plan of one operator's day, written on each new report sheet.",
    )
    callcenter_plan_contacts = fields.Integer(string="Contacts a day")
