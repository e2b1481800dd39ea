from odoo import fields, models


class QuizRateLine(models.TransientModel):
    _name = "callcenter.quiz.rate.line"
    _description = "Criterion of a Rating"
    _order = "place"

    rate_id = fields.Many2one("callcenter.quiz.rate", required=True, ondelete="cascade")
    place = fields.Integer(string="No.", readonly=True)
    name = fields.Char(string="Criterion", readonly=True)
    about = fields.Char(string="What earns the points", readonly=True)
    most = fields.Integer(string="At most", readonly=True)
    points = fields.Integer()
