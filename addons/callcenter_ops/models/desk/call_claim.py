from odoo import api, models


class CallClaim(models.Model):
    _inherit = "callcenter.call.claim"

    @api.model
    def _cron_sweep(self):
        """Also end the states of operators who held nobody."""
        super()._cron_sweep()
        self.env["callcenter.operator.state"]._sweep()

    def _sweep(self, reason="lease"):
        """Whose desk fell silent is offline from now on.

        :param reason: as of ``callcenter.operator.state``
        """
        employees = self.employee_id
        super()._sweep(reason)
        self.env["callcenter.operator.state"]._switch(
            employees, "offline", reason=reason
        )
