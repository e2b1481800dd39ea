"""How probable it is that a person knows a fact (Bayes with guess and slip)."""

PRIOR = 0.5
SLIP = 0.05
# Practice alone never proves knowledge: its evidence stops below the threshold.
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
    """As ``update``, but practice lifts nobody above ``PRACTICE_CAP``."""
    after = update(known, was_right, guess, slip)
    return min(after, max(known, PRACTICE_CAP)) if was_right else after
