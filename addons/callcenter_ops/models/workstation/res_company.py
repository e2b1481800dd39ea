from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_workplace_policy = fields.Selection(
        [
            ("none", "Do not check"),
            ("warn", "Warn"),
            ("block", "Block"),
        ],
        string="Operator without a workplace",
        default="warn",
        required=True,
        help="Whether an operator to whom no workplace was handed over is only "
        "warned or is handed no clients.",
    )
