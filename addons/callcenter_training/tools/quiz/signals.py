"""Signals of an attempt for a person to look at. No database here, no judgement.

Each function answers with a figure, or 0 when there is nothing to look at.
"""

# Reading a question and four options takes longer than this, in seconds.
FAST_SECONDS = 2.0
FAST_SHARE = 0.25
FAST_LEAST = 4
# Looking away once may be a message on the screen.
FOCUS_LEAST = 3
# Two people err alike by chance; from this many equal errors on it is looked at.
SAME_LEAST = 3
SAME_SHARE = 0.5
# Who knows a product still reads the question; who knows the card does not.
KNOWN_SECONDS = 4.0
LEARNT_LEAST = 4
LEARNT_SHARE = 0.5
# Practised and unpractised answers of an honest person differ by less.
LEARNT_GAP = 0.5


def fast_answers(seconds):
    """How many answers came too fast to have been read.

    :param seconds: seconds taken by each answer
    """
    fast = sum(taken < FAST_SECONDS for taken in seconds)
    return fast if fast >= max(FAST_LEAST, FAST_SHARE * len(seconds)) else 0


def focus_losses(count):
    """How often the window was left, when it was more than now and then."""
    return count if count >= FOCUS_LEAST else 0


def same_errors(own, other):
    """How many questions two people answered wrongly in the same words.

    :param own: ``{question: set of texts chosen}`` of the wrong answers
    :param other: the same of somebody who answered at the same time
    """
    shared = own.keys() & other.keys()
    same = sum(own[question] == other[question] for question in shared)
    return same if same >= max(SAME_LEAST, SAME_SHARE * len(shared)) else 0


def learnt_answers(answers):
    """How many right answers look learnt by heart from practice.

    They came faster than reading allows, or what practice never showed is hardly known
    at all.

    :param answers: iterable of ``(was right, seconds taken, shown in practice before)``
    """
    answers = list(answers)
    right = [(seconds, seen) for was_right, seconds, seen in answers if was_right]
    known = sum(seen for _seconds, seen in right)
    quick = sum(seen and seconds < KNOWN_SECONDS for seconds, seen in right)
    if quick >= max(LEARNT_LEAST, LEARNT_SHARE * len(answers)):
        return quick
    return known if _knows_only_practice(answers, known, len(right) - known) else 0


def _knows_only_practice(answers, known, unseen_known):
    """Whether the shares right of the two kinds lie far apart, each of enough."""
    seen = sum(was_seen for _right, _seconds, was_seen in answers)
    unseen = len(answers) - seen
    if min(seen, unseen) < LEARNT_LEAST:
        return False
    return known / seen - unseen_known / unseen >= LEARNT_GAP
