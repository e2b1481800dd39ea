from odoo import fields
from odoo.tools import SQL

from ...tools.calling.call_window import next_opening

# The earliest contact of each zone, by index probes; the moment is NULL for a contact
# that waits for its call window alone.
_WAITING = """
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
"""


class CampaignWait:
    """When the next client of some campaigns may be called, by queue and call window.

    :param campaigns: ``callcenter.campaign`` records
    """

    def __init__(self, campaigns):
        self.campaigns = campaigns

    def get_end(self, employee=None):
        """The earliest moment.

        :param employee: also look at the personal call-backs of this operator
        :return: naive UTC datetime, or None when nothing waits
        """
        moments = [
            moment
            for campaign in self.campaigns
            for moment in self._get_openings(campaign, employee)
            if moment
        ]
        return min(moments, default=None)

    def _get_openings(self, campaign, employee):
        version = campaign._get_rule_version()
        now = fields.Datetime.now()
        window = version._get_window()
        dayoff = version._get_dayoff(campaign._get_country())
        query = SQL(
            _WAITING,
            zones=campaign.zones or [],
            campaign=campaign.id,
            employee=employee.id if employee else 0,
        )
        return [
            next_opening(window, zone, max(since or now, now), dayoff)
            for zone, since in campaign.env.execute_query(query)
        ]
