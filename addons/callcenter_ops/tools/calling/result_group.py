"""Where a result stands on the desk: four groups that are told apart at a glance."""


def group_of(result):
    """The group of a result by what follows from it.

    :param result: anything with the flags of a disposition: ``is_contact``,
        ``is_stop``, ``is_final``, ``requires_refusal_reason``, ``requires_callback``,
        ``makes_promise``, ``makes_activity``, ``makes_lead``
    :return: ``result`` (all is said), ``agreement`` (somebody has still to act),
        ``refusal``, or ``unreached``
    """
    if not result.is_contact:
        return "unreached"
    if result.is_stop or result.requires_refusal_reason:
        return "refusal"
    follows = result.requires_callback or result.makes_promise or result.makes_activity
    if not result.makes_lead and (follows or not result.is_final):
        return "agreement"
    return "result"
