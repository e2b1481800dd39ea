from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.attempt_limits import LONGEST
from ...tools.hand_out import Facts, judge
from ...tools.number_plan import number_hash

# How many candidates of one zone are looked at, so that desks asking at the same
# moment find different ones.
CANDIDATES = 8
# All that may forbid a call, in one look at the database.
_FACTS = """
SELECT p.active AS is_active, stop.forever, stop.until,
       %(consent)s AS has_consent, %(busy)s AS is_busy,
       %(blacklisted)s AS is_blacklisted, ARRAY(%(calls)s) AS calls
  FROM res_partner p
 CROSS JOIN LATERAL (
       SELECT bool_or(date_end IS NULL) AS forever,
              max(date_end) AS until
         FROM callcenter_stop_entry
        WHERE phone_hash = %(digest)s AND company_id = %(company)s
          AND (campaign_id IS NULL OR campaign_id = %(campaign)s)
          AND (date_end IS NULL OR date_end > %(now)s)) stop
 WHERE p.id = %(partner)s
"""
_COLUMNS = SQL(
    "c.id, c.campaign_id, c.company_id, c.partner_id, c.phone, c.timezone,"
    " c.attempt_count, c.wait_reason, c.reserved_employee_id"
)


class ClaimPicker(models.AbstractModel):
    """Finds the next contact of a campaign and asks whether it may be called now."""

    _name = "callcenter.claim.picker"
    _description = "Choice of the next client"

    @api.model
    def _pick_reserved(self, employee, campaign, zones):
        """The personal call-back of ``employee`` that is due, locked, as a dict."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT %(columns)s
                  FROM callcenter_campaign_contact c
                 WHERE c.state = 'queued' AND c.reserved_employee_id = %(employee)s
                   AND c.next_call_at <= %(now)s
                   AND c.campaign_id = %(campaign)s AND c.timezone = ANY(%(zones)s)
                 ORDER BY c.next_call_at
                 LIMIT 1
                   FOR UPDATE SKIP LOCKED
                """,
                columns=_COLUMNS,
                employee=employee.id,
                now=fields.Datetime.now(),
                campaign=campaign.id,
                zones=list(zones),
            )
        )
        return rows[0] if rows else None

    @api.model
    def _pick_free(self, campaign, zones):
        """The next unreserved contact of ``campaign`` in open zones, locked.

        Due call-backs and retries come first, then fresh contacts by priority; equal
        ones in random order, lest all desks reach for the same row.
        """
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT %(columns)s
                  FROM (SELECT x.*, random() AS draw
                          FROM unnest(%(zones)s::varchar[]) AS z
                         CROSS JOIN LATERAL (%(due)s UNION ALL %(fresh)s) x) AS o
                  JOIN callcenter_campaign_contact c ON c.id = o.id
                 WHERE c.state = 'queued'
                 ORDER BY o.class, o.priority DESC, o.draw
                 LIMIT 1
                   FOR UPDATE OF c SKIP LOCKED
                """,
                columns=_COLUMNS,
                zones=list(zones),
                due=self._get_due_query(campaign),
                fresh=self._get_fresh_query(campaign),
            )
        )
        return rows[0] if rows else None

    def _get_due_query(self, campaign):
        return SQL(
            """
            (SELECT id, priority,
                    CASE WHEN wait_reason = 'callback' THEN 0 ELSE 1 END AS class
               FROM callcenter_campaign_contact
              WHERE campaign_id = %s AND timezone = z AND state = 'queued'
                AND reserved_employee_id IS NULL AND next_call_at <= %s
              ORDER BY next_call_at LIMIT %s)
            """,
            campaign.id,
            fields.Datetime.now(),
            CANDIDATES,
        )

    def _get_fresh_query(self, campaign):
        return SQL(
            """
            (SELECT id, priority, 2 AS class
               FROM callcenter_campaign_contact
              WHERE campaign_id = %s AND timezone = z AND state = 'queued'
                AND reserved_employee_id IS NULL AND next_call_at IS NULL
              ORDER BY priority DESC, id LIMIT %s)
            """,
            campaign.id,
            CANDIDATES,
        )

    @api.model
    def _judge_contact(self, row, version, own_claim_id=0):
        """Whether the contact ``row`` may be called now under ``version``.

        :return: ``tools.hand_out.Verdict`` or None when it may
        """
        now = fields.Datetime.now()
        facts = self._get_facts(row, version, own_claim_id)
        return judge(facts, version._get_rules(), now, version._get_dayoff())

    def _get_facts(self, row, version, own_claim_id):
        now = fields.Datetime.now()
        digest = number_hash(
            row["phone"], self.env["callcenter.stop.entry"]._get_pepper()
        )
        [known] = self.env.execute_query_dict(
            SQL(
                _FACTS,
                consent=self._get_consent_query(row, version),
                busy=self._get_busy_query(row, own_claim_id),
                blacklisted=self._get_blacklist_query(row),
                calls=self._get_calls_query(row),
                digest=digest,
                company=row["company_id"],
                campaign=row["campaign_id"],
                now=now,
                partner=row["partner_id"],
            )
        )
        return Facts(
            timezone=row["timezone"],
            is_active=known["is_active"],
            is_stopped=bool(known["forever"] or known["is_blacklisted"]),
            stopped_until=known["until"],
            has_consent=known["has_consent"],
            is_busy=known["is_busy"],
            attempt_count=row["attempt_count"] or 0,
            is_callback=row["wait_reason"] == "callback",
            calls=tuple(known["calls"]),
        )

    def _get_consent_query(self, row, version):
        if not version.consent_kind:
            return SQL("TRUE")
        return SQL(
            """EXISTS (SELECT FROM callcenter_consent
                WHERE partner_id = %s AND kind = %s AND company_id = %s
                  AND withdrawn_at IS NULL)""",
            row["partner_id"],
            version.consent_kind,
            row["company_id"],
        )

    def _get_busy_query(self, row, own_claim_id):
        return SQL(
            """EXISTS (SELECT FROM callcenter_call_claim
                WHERE (partner_id = %s OR phone = %s) AND id <> %s)""",
            row["partner_id"],
            row["phone"],
            own_claim_id,
        )

    def _get_blacklist_query(self, row):
        return SQL(
            "EXISTS (SELECT FROM phone_blacklist WHERE number = %s AND active)",
            row["phone"],
        )

    def _get_calls_query(self, row):
        """Beginnings of the last month's calls to the client or to the number."""
        since = fields.Datetime.now() - LONGEST - timedelta(days=1)
        return SQL(
            """
            SELECT started_at FROM (
                SELECT id, started_at FROM callcenter_call
                 WHERE partner_id = %(partner)s AND started_at > %(since)s
                   AND direction = 'out' AND channel = 'phone'
                 UNION
                SELECT id, started_at FROM callcenter_call
                 WHERE phone = %(phone)s AND started_at > %(since)s
                   AND direction = 'out' AND channel = 'phone') made
            """,
            partner=row["partner_id"],
            phone=row["phone"],
            since=since,
        )
