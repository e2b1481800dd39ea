"""What a way to reach a client counts as before the law, and its limits."""

from dataclasses import replace

from .attempt_limits import Limits
from .call_window import Window

CHANNELS = [
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("chat", "Chat"),
    ("letter", "Letter"),
    ("fax", "Fax"),
    ("visit", "Visit"),
]
# All but calls.
WRITTEN_CHANNELS = [channel for channel in CHANNELS if channel[0] != "phone"]
CALL, MESSAGE, MEETING, LETTER = "call", "message", "meeting", "letter"

# 230-FZ, article 7: calls, meetings and messages over networks are counted apart
# (parts 3 and 5); post on paper has no limit of times.
KINDS = {
    "phone": CALL,
    "email": MESSAGE,
    "chat": MESSAGE,
    "fax": MESSAGE,
    "visit": MEETING,
    "letter": LETTER,
}
_ALWAYS = Window(0, 24, 0, 24)


def channels_of(kind):
    """The channels that count as ``kind``, in a fixed order."""
    return [channel for channel, one in KINDS.items() if one == kind]


def written_terms(terms, kind):
    """The terms of a campaign as they bind a message, a meeting or a letter.

    :param terms: ``hand_out.Terms``
    :return: the terms with the limits of ``kind``; attempts of calls do not count, and
        a letter has neither hours nor limits and needs no consent to calls
    """
    rules = replace(terms.rules, max_attempts=0, limits=terms.rules.limits_of(kind))
    if kind == LETTER:
        rules = replace(rules, window=_ALWAYS, limits=Limits(), consents=())
    return replace(terms, rules=rules)
