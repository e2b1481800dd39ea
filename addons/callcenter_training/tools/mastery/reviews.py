"""How long reviews take: what a shift in low hours leaves room for. No database."""

from math import ceil

# A card takes so long before anything is known of the person; the ends of what counts
# as thinking about one.
USUAL_SECONDS = 20
SHORTEST, LONGEST = 5, 120


def seconds_a_card(total, count):
    """The person's own pace, bounded; the usual one below ten answers.

    :param total: seconds between showing and answering, of ``count`` cards
    """
    if count < 10:
        return USUAL_SECONDS
    return min(LONGEST, max(SHORTEST, total / count))


def minutes(count, seconds):
    """Whole minutes that ``count`` cards take at that pace; 0 for none."""
    return ceil(count * seconds / 60)
