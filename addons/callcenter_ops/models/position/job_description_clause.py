from odoo import api, fields, models

from ...tools.document_text import plain_text


class JobDescriptionClause(models.Model):
    _name = "callcenter.job.description.clause"
    _inherit = ["callcenter.document.part.mixin"]
    _description = "Clause of a job description"
    _order = "section_id, sequence, id"
    _rec_name = "number"

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
            siblings = clause.section_id.clause_ids.sorted(
                lambda c: (c.sequence, not c._origin, c._origin.id)
            )
            place = 1 + next(
                (i for i, sibling in enumerate(siblings) if sibling == clause),
                len(siblings),
            )
            clause.number = f"{clause.section_id.number}.{place}"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean(vals))

    def _clean(self, vals):
        if vals.get("text"):
            return vals | {"text": plain_text(vals["text"])}
        return vals

    def _get_documents(self):
        return self.section_id.description_id
