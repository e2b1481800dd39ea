from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_preview_lease = fields.Integer(
        string="Lease before the call, seconds",
        default=120,
        help="A client shown to an operator whose desk stays silent for this long "
        "goes back to the queue.",
    )
    callcenter_preview_limit = fields.Integer(
        string="Longest look before the call, seconds", default=900
    )
    callcenter_talk_lease = fields.Integer(
        string="Lease during the call, seconds",
        default=600,
        help="The same during a call; the attempt is counted.",
    )

    _callcenter_leases_positive = models.Constraint(
        "CHECK (callcenter_preview_lease >= 30 AND callcenter_talk_lease >= 60"
        " AND callcenter_preview_limit >= callcenter_preview_lease)",
        "Leases must outlive a heartbeat: at least 30 seconds before and 60 seconds "
        "during a call.",
    )

    def write(self, vals):
        # The country decides which holidays the plans of campaigns know.
        if "country_id" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    def _callcenter_lease_end(self, state, claimed_at):
        """Until when a claim in ``state`` lives if the desk stays silent from now."""
        now = fields.Datetime.now()
        if state == "talk":
            return now + timedelta(seconds=self.callcenter_talk_lease)
        limit = claimed_at + timedelta(seconds=self.callcenter_preview_limit)
        return min(now + timedelta(seconds=self.callcenter_preview_lease), limit)
