from odoo import api, models

from ..common.today import MOST_LINES


class Today(models.AbstractModel):
    """Calls to evaluate, and appeals to decide."""

    _inherit = "callcenter.today"

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "supervisor":
            lines += self._get_appeal_lines()
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "supervisor":
            counts.append(
                self._count(
                    "evaluations",
                    self.env._("Calls to evaluate"),
                    "callcenter.evaluation",
                    [("state", "=", "planned")],
                    hint=self.env._("Drawn by the sampling rules"),
                )
            )
        return counts

    @api.model
    def _get_appeal_lines(self):
        appeals = self.env["callcenter.evaluation"].search(
            [("state", "=", "appealed")], order="evaluated_on, id", limit=MOST_LINES
        )
        decide = self.env._("Decide")
        return [
            self._prepare_line(
                appeal,
                appeal.employee_id.name,
                self.env._("Appeal against an evaluation"),
                False,
                [self._prepare_step(decide, self._open_record(appeal))],
            )
            for appeal in appeals
        ]
