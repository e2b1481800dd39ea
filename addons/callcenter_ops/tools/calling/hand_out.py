"""Whether a client that the queue offers may really be called now, and if not, why."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .attempt_limits import Limits, allowed_from
from .call_window import Window, is_open, next_opening
from .retry_schedule import is_exhausted

BUSY_DELAY = timedelta(minutes=5)
NO_LIMITS = Limits()


@dataclass(frozen=True)
class Rules:
    """What a version of a rule set says, in plain values."""

    window: Window
    limits: Limits
    max_attempts: int = 0
    consent_kind: str = ""
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
class Plan:
    """A running campaign as the hand-out needs it, in plain values."""

    campaign_id: int
    priority: str
    share: int
    zones: tuple
    rules: Rules
    country: str
    employee_ids: frozenset = frozenset()
    team_ids: frozenset = frozenset()

    def is_for(self, employee_id, team_ids):
        """Whether an operator may work here; without a choice everybody may."""
        if not self.employee_ids and not self.team_ids:
            return True
        return employee_id in self.employee_ids or bool(self.team_ids & team_ids)


@dataclass(frozen=True)
class Facts:
    """What the database knows of a client at the moment of handing out."""

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


def judge(facts, rules, now, dayoff):
    """The first rule that forbids the call, or None when it may be made.

    The order is that of the caller's duties: what forbids for good comes first, so
    that a client on the stop list is never merely postponed.
    """
    lasting = _lasting(facts, rules)
    if lasting:
        return Verdict(lasting)
    if facts.stopped_until:
        return Verdict("stop", facts.stopped_until)
    if facts.is_busy:
        return Verdict("busy", now + BUSY_DELAY)
    if not is_open(rules.window, facts.timezone, now, dayoff):
        opening = next_opening(rules.window, facts.timezone, now, dayoff)
        return Verdict("window", opening)
    allowed = allowed_from(facts.calls, now, rules.limits, facts.timezone)
    if allowed > now:
        return Verdict("limit", allowed)
    return None


def share_out(campaigns, rng=random):
    """Order campaigns for one hand-out: by priority, then at random by share.

    :param campaigns: list of ``(key, priority, share)``
    :param rng: source of ``random()``; a seeded one makes the order repeatable
    :return: list of keys; over many calls a share of 3 comes first thrice as often
        as a share of 1 of the same priority (Efraimidis and Spirakis, 2006)
    """
    weighed = [
        (priority, rng.random() ** (1 / share), key)
        for key, priority, share in campaigns
    ]
    weighed.sort(key=lambda entry: entry[:2], reverse=True)
    return [key for _priority, _weight, key in weighed]


def _lasting(facts, rules):
    if not facts.is_active:
        return "archived"
    if facts.is_stopped:
        return "stop_list"
    if rules.spares_protected and facts.is_protected:
        return "protected"
    if rules.consent_kind and not facts.has_consent:
        return "no_consent"
    # A call-back that the client asked for is kept even after the last attempt.
    if not facts.is_callback and is_exhausted(facts.attempt_count, rules.max_attempts):
        return "exhausted"
    return ""
