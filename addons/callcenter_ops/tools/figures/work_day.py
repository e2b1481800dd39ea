"""A day's schedule against the hours really worked.

Intervals are ``(from, to)`` pairs of comparable moments; lists are in order and their
intervals do not overlap. Adherence: time at work within the schedule / scheduled
time, as work-force planning defines it (right amount at the right moments).
"""


def total_seconds(intervals):
    """Length of all ``intervals`` together, whole seconds."""
    return int(sum((end - start).total_seconds() for start, end in intervals))


def merge(intervals):
    """The same time as intervals that neither overlap nor touch, in order."""
    merged = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def overlap(one, other):
    """Time that both lists cover."""
    return [
        (max(start, begin), min(end, stop))
        for start, end in one
        for begin, stop in other
        if max(start, begin) < min(end, stop)
    ]


def clip(intervals, end):
    """The part of ``intervals`` before ``end``: a day that still goes on."""
    return [(start, min(stop, end)) for start, stop in intervals if start < end]


def compare(planned, worked):
    """Schedule against work.

    :return: dict ``planned``, ``worked``, ``late`` and ``early`` in seconds (late: the
        first work began after the schedule; early: the last work ended before it)
        and ``adherence`` as a share, None without a schedule
    """
    worked = merge(worked)
    scheduled = total_seconds(planned)
    late = early = 0
    if planned and worked:
        late = max(0, int((worked[0][0] - planned[0][0]).total_seconds()))
        early = max(0, int((planned[-1][1] - worked[-1][1]).total_seconds()))
    kept = total_seconds(overlap(planned, worked))
    return {
        "planned": scheduled,
        "worked": total_seconds(worked),
        "late": late,
        "early": early,
        "adherence": kept / scheduled if scheduled else None,
    }
