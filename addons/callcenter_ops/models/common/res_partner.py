from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # A client is looked up by his number for every line of an imported file.
    phone_sanitized = fields.Char(index="btree_not_null")
    callcenter_phone_extension = fields.Char(
        string="Extension", help="Dialled after the number is connected."
    )
    callcenter_other_phones = fields.Char(
        string="Other phones", help="Further numbers of the client, E.164, by commas."
    )
