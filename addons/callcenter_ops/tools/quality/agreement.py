"""How well two people agree who judged the same things.

Kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and
Psychological Measurement 20 (1960): the agreement beyond what chance alone gives.
"""

from collections import Counter


def observed(pairs):
    """Share of equal judgements among ``(first, second)`` pairs; None for none."""
    pairs = list(pairs)
    if not pairs:
        return None
    return sum(first == second for first, second in pairs) / len(pairs)


def kappa(pairs):
    """Cohen's kappa of ``(first, second)`` pairs.

    :return: -1..1; None where there are no pairs or where both gave one and the same
        judgement throughout, so that chance alone would agree too
    """
    pairs = list(pairs)
    if not pairs:
        return None
    count = len(pairs)
    firsts = Counter(first for first, _second in pairs)
    seconds = Counter(second for _first, second in pairs)
    chance = sum(firsts[name] * seconds[name] for name in firsts) / count**2
    if chance == 1:
        return None
    return (observed(pairs) - chance) / (1 - chance)
