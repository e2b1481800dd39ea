from markupsafe import Markup
from odoo import fields

from ...tools.calling.attempt_limits import EARLIEST
from ...tools.calling.call_rules import (
    fact_columns,
    rule_cases,
    screen_values,
    zone_columns,
)

# Each contact counts under the first rule that holds it, in the order in which the
# desk asks; so the lines add up to the whole campaign.
_COUNT = """
SELECT reason, count(*) AS count, min(next_call_at) AS next_at
  FROM (
    SELECT f.next_call_at,
           CASE
             WHEN f.state = 'excluded' THEN 'out_' || f.exclusion_reason
             WHEN f.state <> 'queued' THEN 'state_' || f.state
             {lasting}
             WHEN f.next_call_at > %(now)s THEN COALESCE(f.wait_reason, 'retry')
             {postponing}
             WHEN f.reserved_employee_id IS NOT NULL THEN 'reserved'
             ELSE 'callable'
           END AS reason
      FROM (SELECT c.id, c.state, c.exclusion_reason, c.next_call_at, c.wait_reason,
                   c.reserved_employee_id, {facts}
              FROM callcenter_campaign_contact c
              JOIN res_partner p ON p.id = c.partner_id
             WHERE c.campaign_id = %(campaign)s) f
      LEFT JOIN unnest(%(zones)s::varchar[], %(open)s::boolean[],
                       %(days)s::timestamp[], %(weeks)s::timestamp[],
                       %(months)s::timestamp[])
             AS z(timezone, is_open, day_start, week_start, month_start)
        USING (timezone)) judged
 GROUP BY reason
"""


class CampaignHoldback:
    """How many contacts of a campaign each rule holds back now, and until when.

    :param campaign: one ``callcenter.campaign``
    """

    def __init__(self, campaign):
        self.campaign = campaign
        self.env = campaign.env

    def count(self):
        """The lines of the screen.

        :return: list of ``{"reason": str, "count": int, "next_at": datetime | None}``
        """
        self.env.flush_all()
        query = _COUNT.format(
            facts=fact_columns(self.env["callcenter.campaign.contact"]._protected_sql),
            lasting=rule_cases(lasting=True),
            postponing=rule_cases(lasting=False),
        )
        # The text is made of the program's own rules, values are passed beside it.
        self.env.cr.execute(query, self._get_values())  # pylint: disable=sql-injection
        return self.env.cr.dictfetchall()

    def _get_values(self):
        campaign = self.campaign
        rules, now = campaign._get_rules(), fields.Datetime.now()
        dayoff = campaign._get_rule_version()._get_dayoff(campaign._get_country())
        return {
            "campaign": campaign.id,
            "now": now,
            "since": now - EARLIEST,
            "today": campaign.company_id._callcenter_today(),
            "pepper": self.env["ir.config_parameter"]._get_callcenter_pepper(),
            "consents": list(rules.consents),
            "spares": rules.spares_protected,
            **screen_values(rules),
            **zone_columns(rules, campaign.zones or [], now, dayoff),
        }

    def render(self, rows):
        """The lines as a table, or False where there are none."""
        if not rows:
            return False
        labels = self._get_labels()
        cells = Markup().join(
            Markup("<tr><td>%s</td><td class='text-end'>%s</td><td>%s</td></tr>")
            % (
                labels.get(row["reason"], row["reason"]),
                row["count"],
                self._get_local_text(row["next_at"]),
            )
            for row in sorted(rows, key=lambda row: list(labels).index(row["reason"]))
        )
        head = Markup("<tr><th>%s</th><th class='text-end'>%s</th><th>%s</th></tr>") % (
            self.env._("Contacts"),
            self.env._("Count"),
            self.env._("Earliest call"),
        )
        return Markup("<table class='table table-sm'>%s%s</table>") % (head, cells)

    def _get_local_text(self, moment):
        if not moment or moment <= fields.Datetime.now():
            return ""
        return f"{self.campaign.company_id._callcenter_local(moment):%d.%m.%Y %H:%M}"

    def _get_labels(self):
        """Words of the lines, in the order in which they are shown."""
        contact = self.env["callcenter.campaign.contact"]._fields
        out = dict(contact["exclusion_reason"]._description_selection(self.env))
        states = dict(contact["state"]._description_selection(self.env))
        waits = dict(contact["wait_reason"]._description_selection(self.env))
        return {
            "callable": self.env._("May be called now"),
            "reserved": self.env._("Personal call-backs"),
            **{name: self.env._("Wait: %s", label) for name, label in waits.items()},
            **{
                name: self.env._("Will be taken out: %s", label)
                for name, label in out.items()
            },
            **{f"state_{name}": label for name, label in states.items()},
            **{
                f"out_{name}": self.env._("Excluded: %s", label)
                for name, label in out.items()
            },
        }
