from odoo import api, fields, models


class JobDescriptionClause(models.Model):
    _name = "callcenter.job.description.clause"
    _inherit = ["callcenter.document.part.mixin"]
    _description = "Clause of a job description"
    _order = "section_id, sequence, id"
    _rec_name = "number"
    _settled_fields = ("section_id",)
    _plain_fields = ("text",)

    section_id = fields.Many2one(
        "callcenter.job.description.section",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer(default=10)
    number = fields.Char(compute="_compute_number")
    text = fields.Text(
        required=True,
        help="Plain text; line breaks are kept, pasted markup is removed.",
    )

    @api.depends("sequence", "section_id.number", "section_id.clause_ids.sequence")
    def _compute_number(self):
        for clause in self:
            place = clause._get_place(clause.section_id.clause_ids)
            clause.number = f"{clause.section_id.number}.{place}"

    def _get_documents(self):
        return self.section_id.description_id
