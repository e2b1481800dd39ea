from odoo import api, models
from odoo.addons.callcenter_ops.models.common.today import MOST_LINES

_UNSEEN = [("reviewer_id", "=", False)]


class Today(models.AbstractModel):
    """The trainer's first screen: signals nobody has looked at, quizzes in work."""

    _inherit = "callcenter.today"

    @api.model
    def _get_roles(self):
        group = "callcenter_training.group_trainer"
        return [*super()._get_roles(), ("trainer", group, self.env._("Trainer"))]

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "trainer":
            lines += self._get_signal_lines()
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "trainer":
            signals = self.env._("Signals")
            quizzes = self.env._("Quizzes in work")
            hint = self.env._("Drafts and tried ones, not announced yet")
            drafts = [("state", "in", ("draft", "tried"))]
            counts += [
                self._count("signals", signals, "callcenter.quiz.signal", _UNSEEN),
                self._count("quizzes", quizzes, "callcenter.quiz", drafts, hint=hint),
            ]
        return counts

    @api.model
    def _get_signal_lines(self):
        signals = self.env["callcenter.quiz.signal"].search(_UNSEEN, limit=MOST_LINES)
        kinds = dict(signals._fields["kind"]._description_selection(self.env))
        looked, see = self.env._("Looked at"), self.env._("Open the attempt")
        return [
            self._prepare_line(
                signal,
                signal.employee_id.name,
                f"{signal.quiz_id.name}: {kinds[signal.kind]}",
                False,
                [
                    self._prepare_step(see, self._open_record(signal.attempt_id)),
                    self._prepare_step(looked, record=signal, method="action_review"),
                ],
                action=self._open_record(signal.attempt_id),
            )
            for signal in signals
        ]
