from odoo import api, fields, models


class BriefingLine(models.Model):
    """A question of a morning round as it will be shown to the room."""

    _name = "callcenter.briefing.line"
    _description = "Question of a Morning Round"
    _order = "briefing_id, id"
    _rec_name = "stem"

    briefing_id = fields.Many2one(
        "callcenter.briefing", required=True, ondelete="cascade", index=True
    )
    fact_id = fields.Many2one("callcenter.fact", ondelete="cascade", index=True)
    stem = fields.Text(required=True, string="Question")
    options = fields.Json(required=True)
    right = fields.Json(required=True)
    answer = fields.Char(compute="_compute_answer", string="Right answer")
    missing_count = fields.Integer(string="Not known by")

    @api.depends("options", "right")
    def _compute_answer(self):
        for line in self:
            texts = [line.options[place] for place in line.right]
            line.answer = ", ".join(texts)
