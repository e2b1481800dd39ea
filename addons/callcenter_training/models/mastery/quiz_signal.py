from odoo import fields, models


class QuizSignal(models.Model):
    _inherit = "callcenter.quiz.signal"

    kind = fields.Selection(
        selection_add=[("learnt", "Only what practice showed is known")],
        ondelete={"learnt": "cascade"},
    )
