from odoo import api, fields, models
from odoo.fields import Domain


class HrJob(models.Model):
    _inherit = "hr.job"

    callcenter_description_ids = fields.One2many(
        "callcenter.job.description",
        "job_id",
        string="Job descriptions",
        groups="callcenter_ops.group_hr,callcenter_ops.group_director",
    )
    callcenter_description_count = fields.Integer(
        compute="_compute_callcenter_description_count",
        groups="callcenter_ops.group_hr,callcenter_ops.group_director",
    )

    @api.depends("callcenter_description_ids")
    def _compute_callcenter_description_count(self):
        counts = dict(
            self.env["callcenter.job.description"]._read_group(
                [("job_id", "in", self.ids)], ["job_id"], ["__count"]
            )
        )
        for job in self:
            job.callcenter_description_count = counts.get(job, 0)

    def action_callcenter_descriptions(self):
        """The versions of the job description of this post."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.job_description_action"
        )
        return action | {
            "domain": [("job_id", "=", self.id)],
            "context": {"default_job_id": self.id},
        }

    def _get_callcenter_description(self, on_date, company):
        """The job description in force on that day; empty if there is none."""
        self.ensure_one()
        descriptions = self.env["callcenter.job.description"]
        return descriptions.search(
            descriptions._get_in_force_domain(on_date)
            & Domain("job_id", "=", self.id)
            & Domain("company_id", "=", company.id),
            limit=1,
        )

    def _get_callcenter_topics(self, on_date, company):
        """Topics that the holder of the post must prove on that day."""
        description = self._get_callcenter_description(on_date, company)
        return description.requirement_ids.topic_id
