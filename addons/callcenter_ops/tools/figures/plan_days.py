"""A plan of a month, day by day: what is whole is spread without losing anything."""


def count_days(days, before):
    """How many of the sorted ``days`` lie before a day."""
    return sum(day < before for day in days)


def spread(plan, days):
    """``{day: part}`` of a plan over its working days; the parts add up to it.

    A plan of whole things has whole parts, the odd ones on the first days; whatever
    day is asked for, no more than one is missing to the even share.

    :param plan: int, or float for money
    """
    if not days:
        return {}
    if not isinstance(plan, int):
        return dict.fromkeys(days, plan / len(days))
    share, odd = divmod(plan, len(days))
    return {day: share + (place < odd) for place, day in enumerate(days)}


def get_due(plan, days, until):
    """What of a plan is due by the evening of ``until``."""
    return sum(part for day, part in spread(plan, days).items() if day <= until)
