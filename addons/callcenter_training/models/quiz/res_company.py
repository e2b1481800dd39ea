from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_exam_reserve = fields.Integer(
        string="Kept for exams, %",
        default=30,
        help="Share of the bank, and of each attempt, that practice never shows. Held "
        "only where twice the questions of a section stay in practice.",
    )

    _callcenter_exam_reserve_range = models.Constraint(
        "CHECK(callcenter_exam_reserve BETWEEN 0 AND 50)",
        "Exams keep between 0 and 50 percent of the bank to themselves.",
    )
