from datetime import timedelta

from odoo import fields, models

from ..common.cached_settings import SETTINGS_CACHE


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

    callcenter_search_hour = fields.Integer(
        string="Searches of clients an hour",
        default=60,
        help="How many clients one person may look up in an hour, whether to call, to "
        "answer a caller or by registering and putting back letters. 0 = no limit.",
    )
    callcenter_search_day = fields.Integer(
        string="Searches of clients a day", default=400
    )
    callcenter_pace = fields.Integer(
        string="Clients in five minutes",
        default=30,
        help="Nobody speaks with more clients. Whoever is handed so many is reported "
        "to his supervisor, at twice as many he gets no more. 0 = no limit.",
    )

    _callcenter_searches_positive = models.Constraint(
        "CHECK (callcenter_search_hour >= 0 AND callcenter_search_day >= 0"
        " AND callcenter_pace >= 0)",
        "A limit of searches cannot be negative.",
    )
    _callcenter_leases_positive = models.Constraint(
        "CHECK (callcenter_preview_lease >= 30 AND callcenter_talk_lease >= 60"
        " AND callcenter_preview_limit >= callcenter_preview_lease)",
        "Leases must outlive a heartbeat: at least 30 seconds before and 60 seconds "
        "during a call.",
    )

    def write(self, vals):
        # The country decides which holidays the terms of campaigns know.
        if "country_id" in vals:
            self.env.registry.clear_cache(SETTINGS_CACHE)
        return super().write(vals)

    def _callcenter_lease_end(self, state, claimed_at):
        """Until when a claim in ``state`` lives if the desk stays silent from now."""
        now = fields.Datetime.now()
        if state == "talk":
            return now + self._get_callcenter_span("callcenter_talk_lease")
        limit = claimed_at + self._get_callcenter_span("callcenter_preview_limit")
        return min(now + self._get_callcenter_span("callcenter_preview_lease"), limit)

    def _get_callcenter_span(self, name):
        return timedelta(seconds=self._get_callcenter_setting(name))

    def _callcenter_search_limits(self):
        """How often one person may look clients up, by whatever way.

        :return: pairs of a rolling period and its limit, 0 for none
        """
        return [
            (timedelta(hours=1), self.callcenter_search_hour),
            (timedelta(days=1), self.callcenter_search_day),
        ]
