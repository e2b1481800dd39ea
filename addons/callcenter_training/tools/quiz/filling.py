"""Filling a quota with questions of which some come as several. No database here."""


def fill(sizes, count):
    """Places in ``sizes`` that together make ``count``, early ones before late ones.

    Exactly ``count`` where any choice makes it, else the most that fits below it.

    :param sizes: how many questions each unit asks, in the order of preference
    """
    made = {0: ()}
    for place, size in enumerate(sizes):
        for total in sorted(made, reverse=True):
            if total + size <= count and total + size not in made:
                made[total + size] = (*made[total], place)
        if count in made:
            break
    return made[max(made)]
