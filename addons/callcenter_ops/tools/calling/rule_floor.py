"""No looser than the law: a company's own rules beside those that bind them."""

_PERIODS = ("day", "week", "month")
_HOURS = ("workday", "dayoff")


def find_looser(rules, law, consent_only=False):
    """In what ``rules`` allow more than ``law``.

    :param rules: ``call_rules.Rules`` of the company
    :param law: those that bind it
    :param consent_only: the law says whose consent is needed, and nothing else
    :return: list of ``consent``, ``protected``, ``workday``, ``dayoff``, ``day``,
        ``week``, ``month`` (limits of calls), ``messages``, ``meetings``, ``period``,
        in this order
    """
    looser = []
    if set(law.consents) - set(rules.consents):
        looser.append("consent")
    if consent_only:
        return looser
    if law.spares_protected and not rules.spares_protected:
        looser.append("protected")
    looser += [name for name in _HOURS if _is_longer(rules.window, law.window, name)]
    looser += [name for name in _PERIODS if _is_more(rules.limits, law.limits, (name,))]
    if _is_more(rules.message_limits, law.message_limits):
        looser.append("messages")
    if _is_more(rules.meeting_limits, law.meeting_limits):
        looser.append("meetings")
    if rules.limits.period not in ("strict", law.limits.period):
        looser.append("period")
    return looser


def _is_longer(own, law, name):
    begin, end = getattr(own, f"{name}_from"), getattr(own, f"{name}_to")
    is_closed = begin >= end
    return not is_closed and (
        begin < getattr(law, f"{name}_from") or end > getattr(law, f"{name}_to")
    )


def _is_more(own, law, periods=_PERIODS):
    """Whether ``own`` allow more in one of the periods; a limit of 0 is none."""
    pairs = [(getattr(own, name), getattr(law, name)) for name in periods]
    return any(limit and not 0 < allowed <= limit for allowed, limit in pairs)
