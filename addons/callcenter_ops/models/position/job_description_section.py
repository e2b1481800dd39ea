from odoo import api, fields, models


class JobDescriptionSection(models.Model):
    _name = "callcenter.job.description.section"
    _inherit = ["callcenter.document.part.mixin"]
    _description = "Section of a job description"
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
    sequence = fields.Integer(default=10)
    number = fields.Integer(compute="_compute_number")
    name = fields.Char(string="Heading", required=True)
    clause_ids = fields.One2many(
        "callcenter.job.description.clause", "section_id", copy=True
    )

    @api.depends("sequence", "description_id.section_ids.sequence")
    def _compute_number(self):
        for section in self:
            section.number = section._get_place(section.description_id.section_ids)

    def _get_documents(self):
        return self.description_id

    def _get_content(self):
        self.ensure_one()
        return {
            "number": self.number,
            "name": self.name,
            "clauses": [[clause.number, clause.text] for clause in self.clause_ids],
        }
