"""What the law and the company's rules say of an order, as pure predicates.

The limits, articles and severities are dated records; here stands only how a limit is
compared with what the order says.
"""

from dataclasses import dataclass
from datetime import date

from .terms import count_months, get_last_day

_HIRE = ("appointment",)
_PAID = ("appointment", "transfer", "pay")


@dataclass(frozen=True)
class OrderFacts:
    """What an order says; money in roubles, empty values None, 0 or ""."""

    order_type: str
    today: date
    date_order: date
    date_effective: date
    date_end: date | None = None
    wage: float = 0
    trial_months: int = 0
    contract_number: str = ""
    # dismissal
    ground: str = ""
    initiative: str = ""
    notice_days: int = 0
    notice_date: date | None = None
    # of the employee, before the order
    trial_end: date | None = None
    contract_end: date | None = None
    is_namesake: bool = False

    @property
    def months(self):
        """Whole months of a fixed term; None without one."""
        return self.date_end and count_months(self.date_effective, self.date_end)


def is_trial_too_long(facts, limit):
    return facts.order_type in _HIRE and facts.trial_months > limit


def is_trial_of_short_contract(facts, limit):
    """A contract of at most ``limit`` months and any probation."""
    last_day = facts.date_end and get_last_day(facts.date_effective, int(limit))
    return bool(
        facts.order_type in _HIRE
        and facts.trial_months
        and last_day
        and facts.date_end <= last_day
    )


def is_wage_missing(facts, _limit):
    return facts.order_type in ("appointment", "pay") and not facts.wage


def is_wage_below(facts, limit):
    return facts.order_type in _PAID and 0 < facts.wage < limit


def is_contract_missing(facts, _limit):
    return facts.order_type in _HIRE and not (facts.contract_number or "").strip()


def is_term_too_long(facts, limit):
    """A fixed-term contract of more than ``limit`` months."""
    return facts.order_type in _HIRE and _exceeds(facts, limit)


def is_transfer_too_long(facts, limit):
    return facts.order_type == "transfer" and _exceeds(facts, limit)


def _exceeds(facts, months):
    if not facts.date_end:
        return False
    last_day = get_last_day(facts.date_effective, int(months))
    return bool(last_day) and facts.date_end > last_day


def is_own_notice_unused(facts, _limit):
    return facts.initiative == "employee" and _is_notice_unused(facts)


def is_employer_notice_unused(facts, _limit):
    return facts.initiative in ("employer", "other") and _is_notice_unused(facts)


def _is_notice_unused(facts):
    """The days of notice run from the day after the notice."""
    if facts.order_type != "dismissal" or not facts.notice_days:
        return False
    given = facts.notice_date or facts.date_order
    return (facts.date_effective - given).days < facts.notice_days


def is_out_of_trial(facts, _limit):
    """A ground of the probation, but none runs on the last working day."""
    return (
        facts.order_type == "dismissal"
        and facts.ground.startswith("71-")
        and not (facts.trial_end and facts.date_effective <= facts.trial_end)
    )


def is_no_term_to_end(facts, _limit):
    """Dismissal because the term has ended, of a contract without a term."""
    return (
        facts.order_type == "dismissal"
        and facts.ground == "77-1-2"
        and not facts.contract_end
    )


def is_dated_back(facts, limit):
    return (facts.today - facts.date_order).days > limit


def is_dated_ahead(facts, limit):
    return (facts.date_order - facts.today).days > limit


def is_effect_far_ahead(facts, limit):
    return (facts.date_effective - facts.date_order).days > limit


def is_effect_far_back(facts, limit):
    return (facts.date_order - facts.date_effective).days > limit


def has_namesake(facts, _limit):
    return facts.order_type in _HIRE and facts.is_namesake


# The code of a record of checks -> what it asks.
CHECKS = {
    "trial_too_long": is_trial_too_long,
    "trial_long": is_trial_too_long,
    "trial_short_contract": is_trial_of_short_contract,
    "trial_half_year_contract": is_trial_of_short_contract,
    "wage_missing": is_wage_missing,
    "wage_minimum": is_wage_below,
    "contract_missing": is_contract_missing,
    "term_too_long": is_term_too_long,
    "transfer_too_long": is_transfer_too_long,
    "notice_employee": is_own_notice_unused,
    "notice_employer": is_employer_notice_unused,
    "ground_out_of_trial": is_out_of_trial,
    "ground_no_term": is_no_term_to_end,
    "dated_back": is_dated_back,
    "dated_ahead": is_dated_ahead,
    "effect_far_ahead": is_effect_far_ahead,
    "effect_far_back": is_effect_far_back,
    "namesake": has_namesake,
}


def find_violations(facts, rules):
    """The rules that the order breaks, in their order.

    :param facts: ``OrderFacts``
    :param rules: objects with ``code`` and ``limit``; of an unknown code: never broken
    """
    return [
        rule
        for rule in rules
        if rule.code in CHECKS and CHECKS[rule.code](facts, rule.limit)
    ]
