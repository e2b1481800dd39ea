from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.calling.attempt_limits import ROLLING
from ...tools.calling.call_window import calendar_starts, is_open

# Each contact counts under the first rule that holds it, in the order in which the
# desk asks; so the lines add up to the whole campaign.
_HOLDBACK = """
SELECT reason, count(*) AS count, min(next_call_at) AS next_at
  FROM (
    SELECT c.next_call_at,
           CASE
             WHEN c.state = 'excluded' THEN 'out_' || c.exclusion_reason
             WHEN c.state <> 'queued' THEN 'state_' || c.state
             WHEN NOT p.active THEN 'archived'
             WHEN %(stopped)s THEN 'stop_list'
             WHEN %(protected)s THEN 'protected'
             WHEN NOT %(consent)s THEN 'no_consent'
             WHEN %(max_attempts)s > 0 AND c.attempt_count >= %(max_attempts)s
                  AND c.wait_reason IS DISTINCT FROM 'callback' THEN 'exhausted'
             WHEN c.next_call_at > %(now)s THEN COALESCE(c.wait_reason, 'retry')
             WHEN EXISTS (SELECT FROM callcenter_call_claim k
                           WHERE k.partner_id = c.partner_id OR k.phone = c.phone)
                  THEN 'busy'
             WHEN z.is_open IS NOT TRUE THEN 'window'
             WHEN %(limited)s THEN 'limit'
             WHEN c.reserved_employee_id IS NOT NULL THEN 'reserved'
             ELSE 'callable'
           END AS reason
      FROM callcenter_campaign_contact c
      JOIN res_partner p ON p.id = c.partner_id
      LEFT JOIN unnest(%(zones)s::varchar[], %(open)s::boolean[],
                       %(days)s::timestamp[], %(weeks)s::timestamp[],
                       %(months)s::timestamp[])
             AS z(timezone, is_open, day, week, month) USING (timezone)
     WHERE c.campaign_id = %(campaign)s) judged
 GROUP BY reason
"""
_STOPPED = """(
    EXISTS (SELECT FROM phone_blacklist b WHERE b.number = c.phone AND b.active)
    OR EXISTS (
        SELECT FROM callcenter_stop_entry s
         WHERE s.phone_hash = encode(sha256(
                   convert_to(%(pepper)s || c.phone, 'UTF8')), 'hex')
           AND s.company_id = %(company)s
           AND (s.campaign_id IS NULL OR s.campaign_id = c.campaign_id)
           AND (s.date_end IS NULL OR s.date_end > %(now)s)))"""
_LIMITED = """(
    SELECT (%(day)s > 0 AND count(*) FILTER (WHERE k.started_at >= z.day) >= %(day)s)
        OR (%(week)s > 0 AND count(*) FILTER (WHERE k.started_at >= z.week) >= %(week)s)
        OR (%(month)s > 0
            AND count(*) FILTER (WHERE k.started_at >= z.month) >= %(month)s)
      FROM callcenter_call k
     WHERE (k.partner_id = c.partner_id OR k.phone = c.phone)
       AND k.direction = 'out' AND k.channel = 'phone'
       AND k.correction_of_id IS NULL)"""


_VIEWERS = "callcenter_ops.group_supervisor,callcenter_ops.group_director"


class CampaignOverview(models.AbstractModel):
    """What a campaign's screen tells: counts, progress, and what holds clients back."""

    _name = "callcenter.campaign.overview"
    _description = "Overview of a campaign"

    contact_count = fields.Integer(
        string="Contacts", compute="_compute_counts", groups=_VIEWERS
    )
    queued_count = fields.Integer(
        string="Queued", compute="_compute_counts", groups=_VIEWERS
    )
    done_count = fields.Integer(
        string="Done", compute="_compute_counts", groups=_VIEWERS
    )
    excluded_count = fields.Integer(
        string="Excluded", compute="_compute_counts", groups=_VIEWERS
    )
    progress = fields.Float(
        string="Done, %", compute="_compute_counts", groups=_VIEWERS
    )
    call_count = fields.Integer(
        string="Calls", compute="_compute_call_count", groups=_VIEWERS
    )
    lead_count = fields.Integer(
        string="Leads", compute="_compute_call_count", groups=_VIEWERS
    )
    next_callable_at = fields.Datetime(
        string="Next client", compute="_compute_next_callable_at", groups=_VIEWERS
    )
    holdback = fields.Html(
        string="What holds clients back now",
        compute="_compute_holdback",
        sanitize=False,
        groups=_VIEWERS,
    )

    @api.depends("contact_ids.state")
    def _compute_counts(self):
        groups = self.env["callcenter.campaign.contact"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        )
        counts = {(campaign.id, state): count for campaign, state, count in groups}
        for record in self:
            by_state = {
                state: counts.get((record.id, state), 0)
                for state in ("queued", "claimed", "done", "excluded")
            }
            reachable = sum(by_state.values()) - by_state["excluded"]
            record.contact_count = sum(by_state.values())
            record.queued_count = by_state["queued"] + by_state["claimed"]
            record.done_count = by_state["done"]
            record.excluded_count = by_state["excluded"]
            record.progress = 100 * by_state["done"] / reachable if reachable else 0

    @api.depends("contact_ids.last_call_at")
    def _compute_call_count(self):
        groups = self.env["callcenter.call"]._read_group(
            [("campaign_id", "in", self.ids), ("is_in_force", "=", True)],
            ["campaign_id"],
            ["__count", "lead_id:count_distinct"],
        )
        counts = {campaign.id: (calls, leads) for campaign, calls, leads in groups}
        for record in self:
            record.call_count, record.lead_count = counts.get(record.id, (0, 0))

    @api.depends("contact_ids.state", "contact_ids.next_call_at", "state")
    def _compute_next_callable_at(self):
        for record in self:
            is_open = record.state in ("running", "paused") and record.zones
            record.next_callable_at = is_open and record._get_next_callable_at()

    @api.depends("contact_ids.state", "contact_ids.next_call_at", "rule_set_id")
    def _compute_holdback(self):
        for record in self:
            rows = record._get_holdback() if record.contact_count else []
            record.holdback = record._render_holdback(rows)

    def action_open_contacts(self):
        """The contacts of the campaign, for whoever may see them."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.campaign_contact_action"
        )
        return action | {
            "domain": [("campaign_id", "in", self.ids)],
            "context": {"of_one_campaign": len(self) == 1},
        }

    def action_open_leads(self):
        """The leads that the calls of the campaign made."""
        self.check_access("read")
        groups = self.env["callcenter.call"]._read_group(
            [("campaign_id", "in", self.ids), ("lead_id", "!=", False)],
            [],
            ["lead_id:array_agg"],
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leads"),
            "res_model": "crm.lead",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", groups[0][0] or [])],
        }

    def _get_holdback(self):
        """How many contacts each rule holds back now.

        :return: list of ``{"reason": str, "count": int, "next_at": datetime | None}``
        """
        self.ensure_one()
        self.env.flush_all()
        return self.env.execute_query_dict(
            SQL(_HOLDBACK, **self._get_holdback_parts(), **self._get_zone_table())
        )

    def _get_holdback_parts(self):
        version = self._get_rule_version()
        now = fields.Datetime.now()
        consent = SQL(
            "EXISTS (SELECT FROM callcenter_consent s WHERE s.partner_id = p.id"
            " AND s.kind = %s AND s.company_id = %s AND s.withdrawn_at IS NULL)",
            version.consent_kind,
            self.company_id.id,
        )
        stopped = SQL(
            _STOPPED,
            pepper=self.env["callcenter.stop.entry"]._get_pepper(),
            company=self.company_id.id,
            now=now,
        )
        return {
            "campaign": self.id,
            "now": now,
            "max_attempts": version.max_attempts,
            "consent": consent if version.consent_kind else SQL("TRUE"),
            "stopped": stopped,
            "protected": self.env["callcenter.claim.picker"]._get_protected(
                version.spares_protected, "c.partner_id", "c.company_id"
            ),
            "limited": SQL(
                _LIMITED,
                day=version.limit_day,
                week=version.limit_week,
                month=version.limit_month,
            ),
        }

    def _get_zone_table(self):
        """The zones of the contacts: open now, and since when calls count."""
        version = self._get_rule_version()
        window = version._get_window()
        dayoff = version._get_dayoff(self._get_country())
        now = fields.Datetime.now()
        zones = self.zones or []
        since = [self._get_limit_starts(version, zone, now) for zone in zones]
        return {
            "zones": zones,
            "open": [is_open(window, zone, now, dayoff) for zone in zones],
            "days": [starts[0] for starts in since],
            "weeks": [starts[1] for starts in since],
            "months": [starts[2] for starts in since],
        }

    def _get_limit_starts(self, version, zone, now):
        rolling = [now - length for length in ROLLING]
        calendar = calendar_starts(now, zone)
        if version.limit_period == "rolling":
            return rolling
        if version.limit_period == "calendar":
            return calendar
        # Counting from the earlier of both finds whichever limit is hit.
        return [min(pair) for pair in zip(rolling, calendar, strict=True)]

    def _render_holdback(self, rows):
        if not rows:
            return False
        labels = self._get_holdback_labels()
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
        return f"{self.company_id._callcenter_local(moment):%d.%m.%Y %H:%M}"

    def _get_holdback_labels(self):
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
