from odoo import api, models
from odoo.addons.callcenter_ops.models.common.today import MOST_LINES

_REVIEW = [("state", "=", "review")]


class Today(models.AbstractModel):
    """Written questions that wait for their release."""

    _inherit = "callcenter.today"

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "trainer":
            lines += self._get_question_lines()
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "trainer":
            label = self.env._("Questions to release")
            counts.append(
                self._count("questions", label, "callcenter.question", _REVIEW)
            )
        return counts

    @api.model
    def _get_question_lines(self):
        questions = self.env["callcenter.question"].search(
            _REVIEW, order="id", limit=MOST_LINES
        )
        read = self.env._("Read and release")
        return [
            self._prepare_line(
                question,
                question.topic_id.name,
                question.stem,
                False,
                [self._prepare_step(read, self._open_record(question))],
            )
            for question in questions
        ]
