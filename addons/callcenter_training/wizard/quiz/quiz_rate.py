from odoo import fields, models

from ...models.quiz.quiz_scorer import QuizScorer


class QuizRate(models.TransientModel):
    """The rubric of one spoken answer, to be filled in once."""

    _name = "callcenter.quiz.rate"
    _description = "Rating of an Answer by its Rubric"
    _settled_fields = ("item_id",)

    item_id = fields.Many2one("callcenter.quiz.attempt.item", required=True)
    # With the rater's rights: an attempt that is open is between the person and the
    # server, and so is another company's.
    situation = fields.Text(related="item_id.situation", related_sudo=False)
    stem = fields.Text(related="item_id.stem", related_sudo=False)
    answer_text = fields.Text(related="item_id.answer_text", related_sudo=False)
    is_critical = fields.Boolean(related="item_id.is_critical", related_sudo=False)
    line_ids = fields.One2many("callcenter.quiz.rate.line", "rate_id")
    remark = fields.Text(help="The person reads it with his result.")

    def _get_action(self):
        """Fill in the criteria and open it; the caller checked who rates."""
        self.ensure_one()
        # sudo: the rubric is of the answer that he may rate; nobody reads the keys
        item = self.sudo().item_id
        criteria = QuizScorer(item.attempt_id).get_criteria(item)
        # sudo: the criteria are the server's words; the points are the rater's
        self.env["callcenter.quiz.rate.line"].sudo().create(
            [
                {
                    "rate_id": self.id,
                    "place": place,
                    "name": name,
                    "about": about,
                    "most": most,
                }
                for place, (name, about, most) in enumerate(criteria)
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rate"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_save(self):
        """Give the points; a second save is refused."""
        self.ensure_one()
        self.check_access("write")
        self.item_id.check_access("read")
        self.item_id._check_may_rate()
        points = self.line_ids.sorted("place").mapped("points")
        # sudo: nobody writes ratings; who rates what is checked above
        self.item_id.sudo()._rate(points, self.remark, self.env.user)
        return {"type": "ir.actions.act_window_close"}
