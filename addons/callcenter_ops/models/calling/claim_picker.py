from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from psycopg2.errors import SerializationFailure

from ...fastpath.prepared import run_prepared
from ...tools.calling.attempt_limits import LONGEST
from ...tools.calling.call_window import country_calendar, is_dayoff
from ...tools.calling.hand_out import Facts, judge

# Where a contact lives, as his calls note it.
PLACE = ("state_id", "federal_district", "timezone")
# How many candidates of one zone are looked at, so that desks asking at the same
# moment find different ones.
CANDIDATES = 8
# The contact (from ``{source}``) and all that may forbid the call, in one look.
_LOOK = """
WITH c AS MATERIALIZED ({source})
SELECT c.id, c.campaign_id, c.company_id, c.partner_id, c.phone, c.timezone,
       c.state_id, c.federal_district, c.attempt_count, c.wait_reason,
       p.active AS is_active, stop.forever, stop.until,
       EXISTS (SELECT FROM phone_blacklist b
                WHERE b.number = c.phone AND b.active) AS is_blacklisted,
       EXISTS (SELECT FROM callcenter_call_claim k
                WHERE (k.partner_id = c.partner_id OR k.phone = c.phone)
                  AND k.contact_id IS DISTINCT FROM c.id) AS is_busy,
       %(consent)s::varchar IS NULL
           OR EXISTS (SELECT FROM callcenter_consent s
                       WHERE s.partner_id = c.partner_id
                         AND s.company_id = c.company_id
                         AND s.kind = %(consent)s
                         AND s.withdrawn_at IS NULL) AS has_consent,
       %(spares)s AND {protected} AS is_protected,
       ARRAY(
           SELECT started_at FROM (
               SELECT id, started_at FROM callcenter_call
                WHERE partner_id = c.partner_id AND started_at > %(since)s
                  AND direction = 'out' AND channel = 'phone'
                  AND correction_of_id IS NULL
                UNION
               SELECT id, started_at FROM callcenter_call
                WHERE phone = c.phone AND started_at > %(since)s
                  AND direction = 'out' AND channel = 'phone'
                  AND correction_of_id IS NULL) made) AS calls
  FROM c
  JOIN res_partner p ON p.id = c.partner_id
 CROSS JOIN LATERAL (
       SELECT bool_or(s.date_end IS NULL) AS forever, max(s.date_end) AS until
         FROM callcenter_stop_entry s
        WHERE s.phone_hash = encode(sha256(
                  convert_to(%(pepper)s || c.phone, 'UTF8')), 'hex')
          AND s.company_id = c.company_id
          AND (s.campaign_id IS NULL OR s.campaign_id = c.campaign_id)
          AND (s.date_end IS NULL OR s.date_end > %(now)s)) stop
"""
_PROTECTED = """
EXISTS (SELECT FROM callcenter_debt_ban b
          JOIN callcenter_debt_ban_ground g ON g.id = b.ground_id
         WHERE b.partner_id = {client} AND b.company_id = {company}
           AND g.active AND %(today)s >= GREATEST(b.date_from, g.date_from)
           AND %(today)s <= LEAST(COALESCE(b.date_to, 'infinity'),
                                  COALESCE(g.date_to, 'infinity')))
"""
_PROTECTED_CONTACT = _PROTECTED.format(client="c.partner_id", company="c.company_id")
# Due call-backs and retries first, then fresh contacts by priority; equal ones in
# random order, lest all desks reach for the same row. The first one that is free in
# this order is locked, and no other.
_FREE = f"""
SELECT c.*
  FROM (SELECT x.id
          FROM unnest(%(zones)s::varchar[]) AS z
         CROSS JOIN LATERAL (
            (SELECT id, priority,
                    CASE WHEN wait_reason = 'callback' THEN 0 ELSE 1 END AS class
               FROM callcenter_campaign_contact
              WHERE campaign_id = %(campaign)s AND timezone = z AND state = 'queued'
                AND reserved_employee_id IS NULL AND next_call_at <= %(now)s
              ORDER BY next_call_at LIMIT {CANDIDATES})
             UNION ALL
            (SELECT id, priority, 2 AS class
               FROM callcenter_campaign_contact
              WHERE campaign_id = %(campaign)s AND timezone = z AND state = 'queued'
                AND reserved_employee_id IS NULL AND next_call_at IS NULL
              ORDER BY priority DESC, id LIMIT {CANDIDATES})) x
         ORDER BY x.class, x.priority DESC, random()) AS o
 CROSS JOIN LATERAL (
       SELECT * FROM callcenter_campaign_contact
        WHERE id = o.id AND state = 'queued'
        LIMIT 1
          FOR UPDATE SKIP LOCKED) AS c
 LIMIT 1
"""  # noqa: S608
_RESERVED = """
SELECT c.*
  FROM callcenter_campaign_contact c
 WHERE c.state = 'queued' AND c.reserved_employee_id = %(employee)s
   AND c.next_call_at <= %(now)s
   AND c.campaign_id = %(campaign)s AND c.timezone = ANY(%(zones)s::varchar[])
 ORDER BY c.next_call_at
 LIMIT 1
   FOR UPDATE SKIP LOCKED
"""
_KNOWN = "SELECT * FROM callcenter_campaign_contact WHERE id = %(contact)s"
_LOOK_FREE, _LOOK_RESERVED, _LOOK_KNOWN = (
    _LOOK.format(source=source, protected=_PROTECTED_CONTACT)
    for source in (_FREE, _RESERVED, _KNOWN)
)
# Sent along with the look, which saves two of eight round trips. The next
# mark hides the one before it; the end of the transaction takes them all away.
_MARK = "SAVEPOINT callcenter_look; "
_BACK_TO_MARK = "ROLLBACK TO SAVEPOINT callcenter_look"


class ClaimPicker(models.AbstractModel):
    """Finds the next contact of a campaign and asks whether it may be called now."""

    _name = "callcenter.claim.picker"
    _description = "Choice of the next client"

    @api.model
    def _pick_reserved(self, employee, plan, zones):
        """The personal call-back of ``employee`` that is due, locked, with facts."""
        source = {
            "employee": employee.id,
            "campaign": plan.campaign_id,
            "zones": list(zones),
        }
        return self._look(_LOOK_RESERVED, source, plan.rules)

    @api.model
    def _pick_free(self, plan, zones):
        """The next unreserved contact of a campaign in open zones, locked, with facts.

        :return: dict of its columns and of what may forbid the call, or None
        """
        source = {"campaign": plan.campaign_id, "zones": list(zones)}
        return self._look_past_rivals(source, plan.rules)

    @api.model
    def _look_at(self, contact, rules):
        """The same facts of a known contact."""
        return self._look(_LOOK_KNOWN, {"contact": contact.id}, rules)

    def _look_past_rivals(self, source, rules, draws=5):
        """Look again when a rival took the drawn row since this transaction began.

        The draw finds another one then. Letting the error out would repeat the whole
        request, after a pause of seconds.
        """
        try:
            return self._look(_LOOK_FREE, source, rules, before=_MARK)
        except SerializationFailure:
            self.env.cr.execute(_BACK_TO_MARK)
            if not draws:
                raise
        return self._look_past_rivals(source, rules, draws - 1)

    def _look(self, text, source, rules, before=""):
        now = fields.Datetime.now()
        values = source | {
            "consent": rules.consent_kind or None,
            "spares": rules.spares_protected,
            "today": self.env.company._callcenter_today(),
            "since": now - LONGEST - timedelta(days=1),
            "pepper": self.env["callcenter.stop.entry"]._get_pepper(),
            "now": now,
        }
        cr = self.env.cr
        run_prepared(cr, text, values, before=before, log_exceptions=False)
        rows = cr.dictfetchall()
        return rows[0] if rows else None

    @api.model
    def _get_protected(self, asked, client, company):
        """Condition: the law spares this client from talk about his debt today.

        :param client: the expression of his id in the query; ``company``: likewise
        """
        if not asked:
            return SQL("FALSE")
        today = self.env.company._callcenter_today()
        return SQL(_PROTECTED.format(client=client, company=company), today=today)

    @api.model
    def _judge(self, row, plan, moment=None):
        """Whether the contact in ``row`` may be called now, or could at ``moment``.

        :return: ``tools.hand_out.Verdict``, or None when it may
        """
        facts = Facts(
            timezone=row["timezone"],
            is_active=row["is_active"],
            is_stopped=bool(row["forever"] or row["is_blacklisted"]),
            stopped_until=row["until"],
            has_consent=row["has_consent"],
            is_protected=row["is_protected"],
            is_busy=row["is_busy"],
            attempt_count=row["attempt_count"] or 0,
            is_callback=row["wait_reason"] == "callback",
            calls=tuple(row["calls"]),
        )
        calendar = country_calendar(plan.country)
        now = moment or fields.Datetime.now()
        return judge(facts, plan.rules, now, lambda day: is_dayoff(day, calendar))
