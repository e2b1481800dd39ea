from odoo import api, fields, models

from ...tools.document_text import plain_text


class JobDescriptionSection(models.Model):
    _name = "callcenter.job.description.section"
    _inherit = ["callcenter.document.part.mixin"]
    _description = "Section of a job description"
    _order = "description_id, sequence, id"

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
            siblings = section.description_id.section_ids.sorted(_printing_order)
            section.number = 1 + next(
                (i for i, sibling in enumerate(siblings) if sibling == section),
                len(siblings),
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean(vals))

    def _clean(self, vals):
        if vals.get("name"):
            return vals | {"name": plain_text(vals["name"])}
        return vals

    def _get_documents(self):
        return self.description_id

    def _get_content(self):
        self.ensure_one()
        return {
            "number": self.number,
            "name": self.name,
            "clauses": [[clause.number, clause.text] for clause in self.clause_ids],
        }


def _printing_order(record):
    # A row being entered has no id yet: it stands behind its equals.
    return record.sequence, not record._origin, record._origin.id
