from odoo import fields, models


class QuizSignal(models.Model):
    """Something about an attempt that a person should look at; it fails nobody."""

    _name = "callcenter.quiz.signal"
    _inherit = ["callcenter.guarded.mixin"]
    _description = "Signal about an Attempt"
    _order = "id desc"

    _guarded_fields = ("attempt_id", "kind", "figure", "reviewer_id", "reviewed_at")

    attempt_id = fields.Many2one(
        "callcenter.quiz.attempt", required=True, ondelete="cascade", index=True
    )
    employee_id = fields.Many2one(related="attempt_id.employee_id", store=True)
    quiz_id = fields.Many2one(related="attempt_id.quiz_id", store=True)
    company_id = fields.Many2one(related="attempt_id.company_id", store=True)
    kind = fields.Selection(
        [
            ("focus", "The window was left"),
            ("fast", "Answered too fast to have read"),
            ("same", "The same wrong answers as a neighbour"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    figure = fields.Integer(string="How many", readonly=True)
    other_attempt_id = fields.Many2one(
        "callcenter.quiz.attempt",
        string="Neighbour's attempt",
        ondelete="cascade",
        readonly=True,
        index="btree_not_null",
    )
    reviewer_id = fields.Many2one("res.users", string="Looked at by", readonly=True)
    reviewed_at = fields.Datetime(string="Looked at", readonly=True)

    def action_open_attempt(self):
        """Open the attempt that the signal is about."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "callcenter.quiz.attempt",
            "res_id": self.attempt_id.id,
            "views": [(False, "form")],
        }

    def action_review(self):
        """Say that a person has looked at these signals."""
        self.check_access("read")
        waiting = self.filtered(lambda signal: not signal.reviewer_id)
        # sudo: nobody writes signals; who reads one may say that he has looked
        waiting.sudo()._transition(
            {"reviewer_id": self.env.uid, "reviewed_at": fields.Datetime.now()}
        )
