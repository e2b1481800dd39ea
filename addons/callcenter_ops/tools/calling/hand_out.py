"""Which campaigns hand clients to an operator, on what terms and in what order."""

import random
from dataclasses import dataclass

from .call_rules import Rules


@dataclass(frozen=True)
class Terms:
    """On what terms a campaign hands out its clients, in plain values."""

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
