from odoo import fields, models


class JobRequirement(models.Model):
    _name = "callcenter.job.requirement"
    _inherit = ["callcenter.document.part.mixin"]
    _description = "Requirement of a post"
    _order = "description_id, sequence, id"
    _settled_fields = ("description_id",)
    _plain_fields = ("name",)

    description_id = fields.Many2one(
        "callcenter.job.description",
        string="Job description",
        required=True,
        ondelete="cascade",
        index=True,
    )
    job_id = fields.Many2one(related="description_id.job_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("knowledge", "Must know"), ("skill", "Must be able to")],
        required=True,
        default="knowledge",
    )
    name = fields.Char(string="Requirement", required=True)
    topic_id = fields.Many2one(
        "callcenter.topic",
        required=True,
        ondelete="restrict",
        index=True,
        help="Quizzes on this topic prove the requirement.",
    )

    _topic_unique = models.Constraint(
        "UNIQUE(description_id, kind, topic_id, name)",
        "The same requirement stands in the job description twice.",
    )

    def _get_documents(self):
        return self.description_id
