"""May this client be called now? One ordered table of rules, asked in two ways.

The hand-out judges one contact by ``judge``, the campaign's screen counts thousands by
the SQL of the same rules. Both read the same facts (``FACT_SQL``), and whoever changes
a rule finds its two readings side by side.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .attempt_limits import ROLLING, Limits, allowed_from
from .call_window import (
    HORIZON_DAYS,
    Window,
    calendar_starts,
    is_open,
    next_opening,
)
from .retry_schedule import is_exhausted

BUSY_DELAY = timedelta(minutes=5)
NO_LIMITS = Limits()


@dataclass(frozen=True)
class Rules:
    """What a version of a rule set says, in plain values."""

    window: Window
    limits: Limits
    max_attempts: int = 0
    consents: tuple = ()
    spares_protected: bool = False
    retry_minutes: int = 0
    recording_notice: bool = True
    message_limits: Limits = NO_LIMITS
    meeting_limits: Limits = NO_LIMITS

    def limits_of(self, kind):
        """How often: ``call``, ``message`` or ``meeting``; a letter has no limit."""
        known = {
            "call": self.limits,
            "message": self.message_limits,
            "meeting": self.meeting_limits,
        }
        return known.get(kind, NO_LIMITS)


@dataclass(frozen=True)
class Facts:
    """What the database knows of a contact at the moment of asking: ``FACT_SQL``."""

    timezone: str
    is_active: bool = True
    is_stopped: bool = False
    stopped_until: datetime | None = None
    has_consent: bool = True
    is_protected: bool = False
    is_busy: bool = False
    attempt_count: int = 0
    is_callback: bool = False
    calls: tuple = field(default_factory=tuple)


@dataclass(frozen=True)
class Verdict:
    """Why not: ``until`` says when to ask again, None takes the client out."""

    reason: str
    until: datetime | None = None


# Whoever said no is a person: by every number that he is known to have.
_NUMBERS = """
string_to_array(concat_ws(',', c.phone, NULLIF(p.phone_sanitized, c.phone),
    replace(p.callcenter_other_phones, ' ', '')), ',')"""
_STOPS = f"""
 FROM callcenter_stop_entry s
WHERE (s.partner_id = c.partner_id
       OR s.phone_hash = ANY(ARRAY(
            SELECT encode(sha256(convert_to(%(pepper)s || number, 'UTF8')), 'hex')
              FROM unnest({_NUMBERS}) AS number)))
  AND s.company_id = c.company_id
  AND (s.campaign_id IS NULL OR s.campaign_id = c.campaign_id)
"""  # noqa: S608
_MADE = """
 SELECT id, started_at FROM callcenter_call
  WHERE partner_id = c.partner_id AND started_at > %(since)s
    AND direction = 'out' AND channel = 'phone' AND correction_of_id IS NULL
  UNION
 SELECT id, started_at FROM callcenter_call
  WHERE phone = c.phone AND started_at > %(since)s
    AND direction = 'out' AND channel = 'phone' AND correction_of_id IS NULL
"""
# Each fact as an expression over the contact ``c`` and its client ``p``. Values:
# consents (kinds), spares, today (of protection), since (of calls), pepper, now.
# ``{protected}`` is what protects a client by law; the room of debts knows it.
FACT_SQL = {
    "timezone": "c.timezone",
    "is_active": "p.active",
    "is_stopped": f"""(
        EXISTS (SELECT FROM phone_blacklist b
                 WHERE b.number = ANY({_NUMBERS}) AND b.active)
        OR EXISTS (SELECT {_STOPS} AND s.date_end IS NULL))""",
    "stopped_until": f"(SELECT max(s.date_end) {_STOPS} AND s.date_end > %(now)s)",
    "has_consent": """(

        NOT EXISTS (
            SELECT FROM unnest(%(consents)s::varchar[]) AS needed
             WHERE NOT EXISTS (
                SELECT FROM callcenter_consent s
                 WHERE s.partner_id = c.partner_id AND s.company_id = c.company_id
                   AND s.kind = needed AND s.withdrawn_at IS NULL)))""",
    "is_protected": "(%(spares)s AND {protected})",
    "is_busy": """
        EXISTS (SELECT FROM callcenter_call_claim k
                 WHERE (k.partner_id = c.partner_id OR k.phone = c.phone)
                   AND k.contact_id IS DISTINCT FROM c.id)""",
    "attempt_count": "COALESCE(c.attempt_count, 0)",
    "is_callback": "c.wait_reason IS NOT DISTINCT FROM 'callback'",
    "calls": f"ARRAY(SELECT started_at FROM ({_MADE}) made)",  # noqa: S608
}


@dataclass(frozen=True)
class CallRule:
    """One rule: what it is called, what it does with the client, when it forbids.

    ``code``: a reason of exclusion where the rule is ``lasting`` (the client is taken
    out), else a reason to wait. ``sql``: the condition on the facts ``f``, with the
    values of ``screen_values`` and the columns of ``zone_columns``. ``forbids``: the
    same of ``(Facts, Rules, now, dayoff)``; a rule that postpones answers until when.
    """

    code: str
    lasting: bool
    sql: str
    forbids: Callable


def _is_exhausted(facts, rules, _now, _dayoff):
    # A call-back that the client asked for is kept even after the last attempt.
    return not facts.is_callback and is_exhausted(
        facts.attempt_count, rules.max_attempts
    )


def _closed_until(facts, rules, now, dayoff):
    """When the window opens; where it never does, it is asked again in a month."""
    if is_open(rules.window, facts.timezone, now, dayoff):
        return None
    opening = next_opening(rules.window, facts.timezone, now, dayoff)
    return opening or now + timedelta(days=HORIZON_DAYS)


def _limited_until(facts, rules, now, _dayoff):
    allowed = allowed_from(facts.calls, now, rules.limits, facts.timezone)
    return allowed if allowed > now else None


# The order is that of the caller's duties: what forbids for good comes first, so that
# a client on the stop list is never merely postponed.
CALL_RULES = (
    CallRule(
        "archived",
        True,
        "NOT f.is_active",
        lambda facts, _rules, _now, _dayoff: not facts.is_active,
    ),
    CallRule(
        "stop_list",
        True,
        "f.is_stopped",
        lambda facts, _rules, _now, _dayoff: facts.is_stopped,
    ),
    CallRule(
        "protected",
        True,
        "f.is_protected",
        lambda facts, rules, _now, _dayoff: (
            rules.spares_protected and facts.is_protected
        ),
    ),
    CallRule(
        "no_consent",
        True,
        "NOT f.has_consent",
        lambda facts, rules, _now, _dayoff: (
            bool(rules.consents) and not facts.has_consent
        ),
    ),
    CallRule(
        "exhausted",
        True,
        "%(max_attempts)s > 0 AND f.attempt_count >= %(max_attempts)s"
        " AND NOT f.is_callback",
        _is_exhausted,
    ),
    CallRule(
        "stop",
        False,
        "f.stopped_until IS NOT NULL",
        lambda facts, _rules, _now, _dayoff: facts.stopped_until,
    ),
    CallRule(
        "busy",
        False,
        "f.is_busy",
        lambda facts, _rules, now, _dayoff: facts.is_busy and now + BUSY_DELAY,
    ),
    CallRule("window", False, "z.is_open IS NOT TRUE", _closed_until),
    CallRule(
        "limit",
        False,
        """(
        SELECT (%(day)s > 0
                AND count(*) FILTER (WHERE made >= z.day_start) >= %(day)s)
            OR (%(week)s > 0
                AND count(*) FILTER (WHERE made >= z.week_start) >= %(week)s)
            OR (%(month)s > 0
                AND count(*) FILTER (WHERE made >= z.month_start) >= %(month)s)
          FROM unnest(f.calls) AS made)""",
        _limited_until,
    ),
)


def judge(facts, rules, now, dayoff):
    """The first rule that forbids the call, or None when it may be made.

    :param dayoff: function of a local date -> bool
    """
    for rule in CALL_RULES:
        answer = rule.forbids(facts, rules, now, dayoff)
        if answer:
            return Verdict(rule.code, None if rule.lasting else answer)
    return None


def fact_columns(protected):
    """The facts as the columns of a query.

    :param protected: SQL condition: the law spares the client ``p`` of ``c``
    """
    return ", ".join(
        f"{sql.replace('{protected}', protected)} AS {name}"
        for name, sql in FACT_SQL.items()
    )


def rule_cases(lasting):
    """``WHEN … THEN`` of the rules that take out (``lasting``) or that postpone."""
    return " ".join(
        f"WHEN {rule.sql} THEN '{rule.code}'"
        for rule in CALL_RULES
        if rule.lasting == lasting
    )


def screen_values(rules):
    """Values of the conditions in ``CallRule.sql``."""
    limits = rules.limits
    return {
        "max_attempts": rules.max_attempts,
        "day": limits.day,
        "week": limits.week,
        "month": limits.month,
    }


def zone_columns(rules, zones, now, dayoff):
    """What the clock decides, zone by zone: the table ``z`` of ``CallRule.sql``.

    :return: dict of equally long lists: ``zones``, ``open`` (bool), ``days``,
        ``weeks``, ``months`` (since when calls count, naive UTC)
    """
    since = [_limit_starts(rules.limits.period, zone, now) for zone in zones]
    return {
        "zones": list(zones),
        "open": [is_open(rules.window, zone, now, dayoff) for zone in zones],
        "days": [starts[0] for starts in since],
        "weeks": [starts[1] for starts in since],
        "months": [starts[2] for starts in since],
    }


def _limit_starts(period, zone, now):
    """Since when calls of the day, week and month count, both ends included."""
    # A call exactly one length ago is out of a rolling period.
    rolling = [now - length + timedelta.resolution for length in ROLLING]
    calendar = calendar_starts(now, zone)
    if period == "rolling":
        return rolling
    if period == "calendar":
        return calendar
    # Counting from the earlier of both finds whichever limit is hit.
    return [min(pair) for pair in zip(rolling, calendar, strict=True)]
