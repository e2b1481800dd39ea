from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.call_window import next_opening, open_zones
from ...tools.hand_out import share_out


class CampaignRules(models.AbstractModel):
    """Who may work in a campaign, which of its clients may be called, and when."""

    _name = "callcenter.campaign.rules"
    _description = "Rules of a campaign"

    # Zones of the contacts, noted at each load: the queue is asked zone by zone.
    zones = fields.Json(readonly=True, copy=False)

    def _get_operator_blockers(self, employee, on_date):
        """Why ``employee`` may not work in this campaign on ``on_date``.

        :return: list as of ``hr.employee._get_callcenter_blockers``
        """
        self.ensure_one()
        return []

    @api.model
    def _get_open_campaigns(self, employee, on_date):
        """Campaigns that may hand clients to ``employee`` today, most urgent first."""
        user = employee.user_id
        domain = Domain(
            [
                ("state", "=", "running"),
                ("purpose", "!=", "inbound"),
                ("company_id", "=", employee.company_id.id),
                "|",
                ("date_start", "=", False),
                ("date_start", "<=", on_date),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", on_date),
            ]
        )
        everyone = Domain("employee_ids", "=", False) & Domain("team_ids", "=", False)
        chosen = Domain("employee_ids", "in", employee.ids) | Domain(
            "team_ids.member_ids", "in", user.ids
        )
        return self.search(domain & (everyone | chosen), order="priority desc, id")

    def _get_rule_version(self):
        """The version of the rule set that is in force today."""
        self.ensure_one()
        today = self.company_id._callcenter_today()
        return self.rule_set_id._get_version(today)

    def _get_open_slots(self):
        """Campaigns with an open call window, in the order of this hand-out.

        :return: list of ``(campaign, zones)``
        """
        order = share_out(
            [(record.id, record.priority, record.share) for record in self]
        )
        slots = [(record, record._get_open_zones()) for record in self.browse(order)]
        return [(record, zones) for record, zones in slots if zones]

    def _get_open_zones(self):
        """Zones of the contacts whose clients may be called this minute."""
        return open_zones(
            self._get_rule_version()._get_window(),
            tuple(self.zones or ()),
            fields.Datetime.now().replace(second=0, microsecond=0),
            self.company_id.country_id.code or "RU",
        )

    def _note_zones(self):
        """Remember the zones of the contacts; called after each load."""
        self.env["callcenter.campaign.contact"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT timezone FROM callcenter_campaign_contact"
                " WHERE campaign_id = %s AND timezone IS NOT NULL",
                self.id,
            )
        )
        self.zones = sorted(zone for (zone,) in rows)

    def _get_next_callable_at(self, employee=None):
        """When the next client may be called, by the queue and the call windows.

        :param employee: also look at the personal call-backs of this operator
        :return: naive UTC datetime, or None when nothing waits
        """
        moments = [
            moment
            for record in self
            for moment in record._get_callable_moments(employee)
            if moment
        ]
        return min(moments, default=None)

    def _get_callable_moments(self, employee):
        version = self._get_rule_version()
        now = fields.Datetime.now()
        window, dayoff = version._get_window(), version._get_dayoff()
        return [
            next_opening(window, zone, max(since or now, now), dayoff)
            for zone, since in self._get_waiting(employee)
        ]

    def _get_waiting(self, employee):
        """``(zone, moment)`` of the earliest contact of each zone, by index probes.

        The moment is None for a contact that waits for its call window alone.
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT z, CASE WHEN fresh.id IS NULL THEN due.at END
                  FROM unnest(%(zones)s::varchar[]) AS z
                  LEFT JOIN LATERAL (
                       SELECT id FROM callcenter_campaign_contact
                        WHERE campaign_id = %(campaign)s AND timezone = z
                          AND state = 'queued' AND next_call_at IS NULL
                          AND reserved_employee_id IS NULL
                        LIMIT 1) fresh ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT min(next_call_at) AS at FROM callcenter_campaign_contact
                        WHERE campaign_id = %(campaign)s AND timezone = z
                          AND state = 'queued' AND next_call_at IS NOT NULL
                          AND reserved_employee_id IS NULL) due ON TRUE
                 WHERE fresh.id IS NOT NULL OR due.at IS NOT NULL
                 UNION ALL
                SELECT timezone, next_call_at FROM callcenter_campaign_contact
                 WHERE campaign_id = %(campaign)s AND state = 'queued'
                   AND reserved_employee_id = %(employee)s
                """,
                zones=self.zones or [],
                campaign=self.id,
                employee=employee.id if employee else 0,
            )
        )
