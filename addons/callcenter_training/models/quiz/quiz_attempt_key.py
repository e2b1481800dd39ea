from odoo import fields, models


class QuizAttemptKey(models.Model):
    """The right answer of one asked question, apart from everything readable.

    No group may read it, the administrator's included: the scorer looks here for the
    answer and the runner for the nonce.
    """

    _name = "callcenter.quiz.attempt.key"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Key of an Asked Question"

    item_id = fields.Many2one(
        "callcenter.quiz.attempt.item", required=True, ondelete="restrict"
    )
    key = fields.Json(required=True)
    nonce = fields.Char(
        required=True,
        help="Goes to the browser with the question and comes back with its answer.",
    )

    _item_uniq = models.UniqueIndex("(item_id)", "A question has one key.")
