from odoo import api, models


class CallClaim(models.Model):
    """Whose claim ends because his desk fell silent is not ready any more."""

    _inherit = "callcenter.call.claim"

    @api.model
    def _cron_sweep(self):
        done = super()._cron_sweep()
        self.env["callcenter.operator.state"]._sweep()
        return done

    def _sweep(self, reason="lease"):
        employees = self.employee_id
        done = super()._sweep(reason)
        states = self.env["callcenter.operator.state"]
        states._switch(employees, "offline", reason=reason)
        return done

    def _get_drafted_notes(self):
        drafts = self.env["callcenter.desk.draft"]
        return super()._get_drafted_notes() | drafts._get_notes(self)
