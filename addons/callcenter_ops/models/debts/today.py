from odoo import api, models


class Today(models.AbstractModel):
    """Promises to pay whose day has come."""

    _inherit = "callcenter.today"

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "supervisor":
            today = self.env.company._callcenter_today()
            counts.append(
                self._count(
                    "payments",
                    self.env._("Promises to pay"),
                    "callcenter.promise",
                    [("state", "=", "open"), ("date_promised", "<=", today)],
                    hint=self.env._("Promised for today or before"),
                )
            )
        return counts
