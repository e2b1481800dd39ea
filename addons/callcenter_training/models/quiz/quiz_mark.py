from odoo import fields, models


class QuizMark(models.Model):
    """A mark is a snapshot: a later correction is a second mark beside it."""

    _name = "callcenter.quiz.mark"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Mark of an Attempt"
    _order = "id desc"

    attempt_id = fields.Many2one(
        "callcenter.quiz.attempt", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="attempt_id.company_id")
    kind = fields.Selection(
        [("original", "Original"), ("regrade", "Regraded")],
        default="original",
        required=True,
    )
    percent = fields.Float(string="Mark, %", aggregator="avg")
    error = fields.Float(string="Error of measurement, ±")
    lower_bound = fields.Float(string="Share known at least, %")
    passed = fields.Boolean()
    section_results = fields.Json()
    fail_reasons = fields.Text(string="Why not passed")
    author_id = fields.Many2one("res.users", string="Regraded by")
    reason = fields.Text()
    changes = fields.Text(string="Questions changed")

    _regrade_explained = models.Constraint(
        "CHECK(kind = 'original' OR (author_id IS NOT NULL AND reason IS NOT NULL))",
        "A regraded mark names its author and the reason.",
    )
    _original_uniq = models.UniqueIndex(
        "(attempt_id) WHERE kind = 'original'", "An attempt has one original mark."
    )
