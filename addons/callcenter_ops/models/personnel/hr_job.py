from odoo import fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    is_callcenter_operator = fields.Boolean(
        string="Operator's post",
        default=True,
        help="An order of appointment or transfer to this post gives the rights of an "
        "operator; leaving it takes them away. Uncheck it for heads, HR and others "
        "who do not call.",
    )
