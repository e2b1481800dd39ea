"""When an unsuccessful attempt is repeated."""

from datetime import timedelta

MAX_DELAY_MINUTES = 60 * 24 * 366


def retry_delay(minutes, growth, attempt_no, factor=2.0):
    """Minutes to wait after attempt ``attempt_no`` (1 = the first one).

    ``fixed`` waits the same time after each attempt; ``growing`` multiplies it by
    ``factor`` with every further one: 30, 60, 120 … A delay never exceeds a year.
    """
    if growth == "fixed" or attempt_no <= 1:
        return min(minutes, MAX_DELAY_MINUTES)
    grown = minutes
    for _step in range(attempt_no - 1):
        grown = grown * factor
        if grown >= MAX_DELAY_MINUTES:
            return MAX_DELAY_MINUTES
    return round(grown)


def next_attempt(ended_at, minutes, growth, attempt_no, factor=2.0):
    """The moment from which the client may be tried again."""
    return ended_at + timedelta(
        minutes=retry_delay(minutes, growth, attempt_no, factor)
    )


def is_exhausted(attempt_count, max_attempts):
    """Whether no attempt is left; a limit of 0 means no limit."""
    return bool(max_attempts) and attempt_count >= max_attempts
