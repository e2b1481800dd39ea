"""How probable it is that a person knows a fact (Bayes with guess and slip)."""

from math import sqrt

PRIOR = 0.5
SLIP = 0.05
# A sitting of practice proves nothing: its evidence stops below the threshold. What is
# remembered on another day counts as in an exam.
KNOWN = 0.9
PRACTICE_CAP = 0.85


def update(known, was_right, guess, slip=SLIP):
    """Posterior probability of knowing after one answer.

    Corbett and Anderson's knowledge tracing without its learning step:
    right -> p(1-s) / (p(1-s) + (1-p)g); wrong -> ps / (ps + (1-p)(1-g)).

    :param known: probability before the answer
    :param guess: chance of a right answer without knowing, 1/options
    """
    if was_right:
        yes, no = known * (1 - slip), (1 - known) * guess
    else:
        yes, no = known * slip, (1 - known) * (1 - guess)
    return yes / (yes + no) if yes + no else known


def update_practice(known, was_right, guess, slip=SLIP):
    """As ``update``, but one sitting lifts nobody above ``PRACTICE_CAP``."""
    after = update(known, was_right, guess, slip)
    return min(after, max(known, PRACTICE_CAP)) if was_right else after


def estimate(right, count, guess=0.25, z=1.645):
    """The share of the whole that somebody knows, told from a sample of answers.

    Right answers by luck are taken off: share = (right/count - g) / (1 - g). The ends
    are those of the Wilson interval (90 % between them), put through the same formula.

    :return: ``(share, low, high)``, each of 0 to 1; None without answers
    """
    if not count:
        return None
    rate = right / count
    middle = (rate + z * z / (2 * count)) / (1 + z * z / count)
    spread = z * sqrt(rate * (1 - rate) / count + z * z / (4 * count * count))
    spread /= 1 + z * z / count
    rates = (rate, middle - spread, middle + spread)
    return tuple(min(1, max(0, (one - guess) / (1 - guess))) for one in rates)
