from odoo import api, fields, models
from odoo.exceptions import AccessError


class QuizRegrade(models.TransientModel):
    """A second mark of one attempt: faulty questions are struck out or given."""

    _name = "callcenter.quiz.regrade"
    _description = "Regrading of an Attempt"

    attempt_id = fields.Many2one("callcenter.quiz.attempt", required=True)
    percent = fields.Float(
        related="attempt_id.percent", string="Mark in force, %", related_sudo=False
    )
    reason = fields.Text(required=True)
    line_ids = fields.One2many("callcenter.quiz.regrade.line", "regrade_id")

    @api.model
    def default_get(self, fields):
        """The questions of the attempt, all counted as they are."""
        values = super().default_get(fields)
        attempt = self.env["callcenter.quiz.attempt"].browse(values.get("attempt_id"))
        closed = attempt.state in ("submitted", "expired")
        if closed and self._may_regrade(attempt):
            # sudo: the director sees what was asked in the attempt he regrades
            items = attempt.sudo().item_ids
            values["line_ids"] = [
                (0, 0, {"item_id": item.id, "stem": item.stem, "place": place})
                for place, item in enumerate(items, start=1)
            ]
        return values

    def action_regrade(self):
        """Give the second mark and go back to the attempt."""
        self.ensure_one()
        if not self._may_regrade(self.attempt_id):
            raise AccessError(self.env._("Only the director regrades an attempt."))
        decisions = {
            line.item_id: line.decision
            for line in self.line_ids
            if line.decision != "keep"
        }
        # sudo: marks are written by the engine alone; the right is checked above
        self.attempt_id.sudo()._regrade(decisions, self.reason, self.env.user)
        return {"type": "ir.actions.act_window_close"}

    def _may_regrade(self, attempt):
        is_director = self.env.user.has_group("callcenter_ops.group_director")
        return is_director and attempt.has_access("read")
