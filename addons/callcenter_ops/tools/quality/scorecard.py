"""Score of an evaluated call.

A score is the share of the points that could be earned; what does not apply is left
out of both. A criterion that fails the call at once makes the score nought.
"""

EARNED = {"yes": 1.0, "partly": 0.5, "no": 0.0}


def score(answers):
    """The share of points earned.

    :param answers: iterable of ``(points, is_fatal, answer)``; answer is ``yes``,
        ``partly``, ``no`` or ``na``
    :return: share 0..1; None when no criterion applies
    """
    counted = [row for row in answers if row[2] in EARNED]
    whole = sum(points for points, _is_fatal, _answer in counted)
    if any(is_fatal and answer == "no" for _points, is_fatal, answer in counted):
        return 0.0
    if not whole:
        return None
    return sum(points * EARNED[answer] for points, _, answer in counted) / whole


def mean_share(shares):
    """Mean of the shares that are known; None when none is."""
    known = [share for share in shares if share is not None]
    return sum(known) / len(known) if known else None
