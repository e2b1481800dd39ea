from odoo import api, fields, models

from ..common.today import MOST_LINES

_WAITING = ("state", "!=", "answered")


class Today(models.AbstractModel):
    """Letters that wait for an answer, the most urgent first."""

    _inherit = "callcenter.today"

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "supervisor":
            lines += self._get_letter_lines()
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "supervisor":
            counts.append(
                self._count(
                    "letters",
                    self.env._("Letters late"),
                    "callcenter.enquiry",
                    [_WAITING, ("deadline_at", "<", fields.Datetime.now())],
                    hint=self.env._("Not answered in time"),
                    is_urgent=True,
                )
            )
        return counts

    @api.model
    def _get_letter_lines(self):
        letters = self.env["callcenter.enquiry"].search(
            [_WAITING, ("deadline_at", "!=", False)],
            order="deadline_at, id",
            limit=MOST_LINES,
        )
        return [
            self._prepare_line(
                letter,
                letter.partner_id.name or letter.sender,
                letter.name or self.env._("Letter"),
                letter.deadline_at,
                [self._prepare_step(self.env._("Open"), self._open_record(letter))],
            )
            for letter in letters
        ]
