from functools import lru_cache

from odoo import fields
from psycopg2.errors import SerializationFailure

from ...fastpath.prepared import run_prepared
from ...tools.calling.attempt_limits import EARLIEST
from ...tools.calling.call_rules import FACT_SQL, Facts, fact_columns, judge
from ...tools.calling.call_window import country_calendar, is_dayoff

# Where a contact lives, as his calls note it.
PLACE = ("state_id", "federal_district", "timezone")
# How many candidates of one zone are looked at, so that desks asking at the same
# moment find different ones.
CANDIDATES = 8
# The contact (from ``{source}``) and all that may forbid the call, in one look.
_LOOK = """
WITH c AS MATERIALIZED ({source})
SELECT c.id, c.campaign_id, c.company_id, c.partner_id, c.phone, c.state_id,
       c.federal_district, {facts}
  FROM c
  JOIN res_partner p ON p.id = c.partner_id
"""
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
# Sent along with the look, which saves two of eight round trips. The next
# mark hides the one before it; the end of the transaction takes them all away.
_MARK = "SAVEPOINT callcenter_look; "
_BACK_TO_MARK = "ROLLBACK TO SAVEPOINT callcenter_look"


@lru_cache(maxsize=8)
def _get_look(source, protected):
    """The text of one kind of look; it never varies while the server runs."""
    return _LOOK.format(source=source, facts=fact_columns(protected))


class ClientPicker:
    """Finds the next contact of a campaign and asks whether it may be called now."""

    def __init__(self, env):
        self.env = env

    def pick_reserved(self, employee, terms, zones):
        """The personal call-back of ``employee`` that is due, locked, with facts."""
        source = {
            "employee": employee.id,
            "campaign": terms.campaign_id,
            "zones": list(zones),
        }
        return self._look(_RESERVED, source, terms.rules)

    def pick_free(self, _employee, terms, zones):
        """The next unreserved contact of a campaign in open zones, locked, with facts.

        :return: dict of its columns and of what may forbid the call, or None
        """
        source = {"campaign": terms.campaign_id, "zones": list(zones)}
        return self._look_past_rivals(source, terms.rules)

    def look_at(self, contact, rules):
        """The same facts of a known contact."""
        return self._look(_KNOWN, {"contact": contact.id}, rules)

    def judge(self, row, terms, moment=None):
        """Whether the contact in ``row`` may be called now, or could at ``moment``.

        :return: ``call_rules.Verdict``, or None when it may
        """
        facts = Facts(**{name: row[name] for name in FACT_SQL})
        calendar = country_calendar(terms.country)
        now = moment or fields.Datetime.now()
        return judge(facts, terms.rules, now, lambda day: is_dayoff(day, calendar))

    def _look_past_rivals(self, source, rules, draws=5):
        """Look again when a rival took the drawn row since this transaction began.

        The draw finds another one then. Letting the error out would repeat the whole
        request, after a pause of seconds.
        """
        try:
            return self._look(_FREE, source, rules, before=_MARK)
        except SerializationFailure:
            self.env.cr.execute(_BACK_TO_MARK)
            if not draws:
                raise
        return self._look_past_rivals(source, rules, draws - 1)

    def _look(self, kind, source, rules, before=""):
        now = fields.Datetime.now()
        values = source | {
            "consents": list(rules.consents),
            "spares": rules.spares_protected,
            "today": self.env.company._callcenter_today(),
            "since": now - EARLIEST,
            "pepper": self.env["ir.config_parameter"]._get_callcenter_pepper(),
            "now": now,
        }
        cr = self.env.cr
        text = _get_look(kind, self.env["callcenter.campaign.contact"]._protected_sql)
        run_prepared(cr, text, values, before=before, log_exceptions=False)
        rows = cr.dictfetchall()
        return rows[0] if rows else None
