from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.quiz import scoring
from .quiz_scorer import QuizScorer


class QuizRating(models.Model):
    """What a person gave for a spoken answer, by its rubric: once, and it stays."""

    _name = "callcenter.quiz.rating"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Rating of an Answer"
    _order = "item_id, turn"

    item_id = fields.Many2one(
        "callcenter.quiz.attempt.item", required=True, ondelete="restrict", index=True
    )
    attempt_id = fields.Many2one(
        "callcenter.quiz.attempt", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="item_id.company_id")
    rater_id = fields.Many2one(
        "res.users", string="Rated by", required=True, index=True
    )
    turn = fields.Integer(string="First or second", required=True)
    points = fields.Json(
        string="Points by criterion",
        required=True,
        help="By criterion: its name, the points given, the most.",
    )
    points_text = fields.Char(compute="_compute_points_text", string="Points")
    fraction = fields.Float(string="Share earned")
    remark = fields.Text()

    _once = models.UniqueIndex(
        "(item_id, turn)", "This answer is rated already: a rating stays as it is."
    )
    _not_twice = models.UniqueIndex(
        "(item_id, rater_id)", "Nobody rates the same answer twice."
    )
    _turns = models.Constraint(
        "CHECK(turn IN (1, 2))", "An answer is rated once, a critical one twice."
    )
    _fraction_range = models.Constraint(
        "CHECK(fraction >= 0 AND fraction <= 1)",
        "A question earns between nothing and everything.",
    )

    @api.depends("points")
    def _compute_points_text(self):
        for rating in self:
            rating.points_text = ", ".join(
                f"{name}: {given}/{most}" for name, given, most in rating.points or ()
            )

    @api.model
    def _enter(self, item, points, remark, rater):
        """Enter the rating of ``item``; the caller holds its attempt locked."""
        criteria = QuizScorer(item.attempt_id).get_criteria(item)
        most = [limit for _name, _about, limit in criteria]
        try:
            fraction = scoring.rubric_fraction(points, most)
        except ValueError:
            raise UserError(
                self.env._("Give each criterion between 0 and its most points.")
            ) from None
        named = [
            [name, given, limit]
            for (name, _about, limit), given in zip(criteria, points, strict=True)
        ]
        return self._in_transition().create(
            {
                "item_id": item.id,
                "attempt_id": item.attempt_id.id,
                "rater_id": rater.id,
                "turn": len(item.rating_ids) + 1,
                "points": named,
                "fraction": fraction,
                "remark": remark or False,
            }
        )
