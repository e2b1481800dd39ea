from odoo import fields, models


class QuizRegradeLine(models.TransientModel):
    _name = "callcenter.quiz.regrade.line"
    _description = "Question in a Regrading"
    _order = "place"

    regrade_id = fields.Many2one(
        "callcenter.quiz.regrade", required=True, ondelete="cascade"
    )
    # A number and not a link: who regrades has no rights on asked questions.
    item_id = fields.Integer(required=True)
    place = fields.Integer(string="No.", readonly=True)
    stem = fields.Text(string="Question", readonly=True)
    decision = fields.Selection(
        [
            ("keep", "Counts as answered"),
            ("strike", "Struck out"),
            ("give", "Counts as right"),
        ],
        default="keep",
        required=True,
    )
