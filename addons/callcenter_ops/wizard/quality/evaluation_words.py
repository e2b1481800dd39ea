from odoo import fields, models


class EvaluationWords(models.TransientModel):
    """Asks for words about an evaluation; the evaluation decides what is allowed."""

    _name = "callcenter.evaluation.words"
    _description = "Words about an evaluation"

    step = fields.Selection(
        [
            ("reply", "Reply"),
            ("appeal", "Appeal"),
            ("confirm", "Marks stand"),
            ("annul", "Marks fall"),
        ],
        required=True,
    )
    evaluation_id = fields.Many2one("callcenter.evaluation", required=True)
    text = fields.Text(string="Words", required=True)

    def action_apply(self):
        """Hand the words to the evaluation."""
        self.ensure_one()
        steps = {
            "reply": self.evaluation_id.action_reply,
            "appeal": self.evaluation_id.action_appeal,
            "confirm": self.evaluation_id.action_confirm,
            "annul": self.evaluation_id.action_annul,
        }
        return steps[self.step](self.text)
