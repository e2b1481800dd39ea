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
