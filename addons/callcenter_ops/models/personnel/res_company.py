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
    callcenter_separate_duties = fields.Boolean(
        string="Separation of duties",
        default=True,
        help="Whoever acts for the Director signs no orders about himself.",
    )
    callcenter_four_eyes = fields.Boolean(
        string="Four eyes",
        default=True,
        help="Whoever drafted or submitted an order does not sign it.",
    )
    callcenter_absent_right_rests = fields.Boolean(
        string="The absent one's right to sign rests",
        default=True,
        help="While a deputy acts for the Director, the Director signs nothing but "
        "what is about the deputy.",
    )
