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

    def write(self, vals):
        """A post comes to a quiz as in ``callcenter.quiz``: by an announcement."""
        before = {job: job.callcenter_quiz_ids for job in self}
        result = super().write(vals)
        if "callcenter_quiz_ids" in vals:
            for job in self:
                for quiz in job.callcenter_quiz_ids - before[job]:
                    quiz._refuse_sudden_posts(job)
        return result
