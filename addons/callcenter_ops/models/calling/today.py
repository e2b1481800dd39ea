from odoo import api, fields, models
from odoo.fields import Domain

from ..common.today import MOST_LINES


class Today(models.AbstractModel):
    """Promises to clients that a supervisor decides about."""

    _inherit = "callcenter.today"

    @api.model
    def _get_roles(self):
        group = "callcenter_ops.group_supervisor"
        return [
            ("supervisor", group, self.env._("Sales director")),
            *super()._get_roles(),
        ]

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "supervisor":
            lines += self._get_promise_lines()
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "supervisor":
            counts.append(
                self._count(
                    "promises",
                    self.env._("Promises to clients"),
                    "callcenter.followup",
                    list(self._get_promise_domain()),
                    hint=self.env._("Overdue, or nobody's"),
                    is_urgent=True,
                )
            )
        return counts

    @api.model
    def _get_promise_domain(self):
        """Outstanding ones that are late or have no owner."""
        late = Domain("deadline_at", "<", fields.Datetime.now())
        return Domain("state", "=", "open") & (late | Domain("user_id", "=", False))

    @api.model
    def _get_promise_lines(self):
        found = self.env["callcenter.followup"].search(
            self._get_promise_domain(), limit=MOST_LINES
        )
        kinds = dict(found._fields["kind"]._description_selection(self.env))
        give = self.env._("Give to an operator…")
        return [
            self._prepare_line(
                promise,
                promise.partner_id.name,
                ": ".join(filter(None, (kinds[promise.kind], promise.user_id.name))),
                promise.deadline_at,
                [self._prepare_step(give, record=promise, method="action_give")],
            )
            for promise in found
        ]
