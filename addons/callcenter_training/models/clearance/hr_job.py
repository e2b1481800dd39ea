from odoo import fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    callcenter_quiz_ids = fields.Many2many(
        "callcenter.quiz",
        "callcenter_quiz_hr_job_rel",
        "job_id",
        "quiz_id",
        string="Quizzes to pass",
        help="Nobody in this post is handed clients before passing them.",
    )
