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
    callcenter_life_months = fields.Integer(
        string="Life of one-time items, months",
        default=36,
        required=True,
        help="Over so many months the cost of a one-time item is spread when its cost "
        "item names no replacement period.",
    )

    _callcenter_life_positive = models.Constraint(
        "CHECK(callcenter_life_months BETWEEN 1 AND 600)",
        "One-time items live between one month and fifty years.",
    )
