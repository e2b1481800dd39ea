from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_okpo = fields.Char(
        string="OKPO code", help="Printed in the head of the personnel orders."
    )
    callcenter_signer_title = fields.Char(
        string="Signer's post",
        default="Директор",
        help="Post of whoever signs the orders, as printed on the papers.",
    )
    callcenter_signer_title_acting = fields.Char(
        string="Deputy signer's post",
        default="И. о. директора",
        help="Printed instead when whoever acts for the absent signer has signed.",
    )
