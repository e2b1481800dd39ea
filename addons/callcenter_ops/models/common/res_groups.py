from odoo import fields, models


class ResGroups(models.Model):
    _inherit = "res.groups"

    callcenter_second_factor = fields.Boolean(
        string="Second factor required",
        help="Who has this role signs in with the password and a code: of his "
        "authenticator, or sent to him by e-mail until he has set one up.",
    )
