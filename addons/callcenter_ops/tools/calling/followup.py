"""Which promise to a client is settled by what happened with him afterwards."""

# A call-back is kept by speaking with the client, an offer by what he decided; a
# complaint ends with the words of whoever answers for it.
CALLBACK, OFFER, COMPLAINT = "callback", "offer", "complaint"


def is_settled(kind, result, is_owner):
    """Whether a promise of that kind ends with a later result.

    :param kind: ``callback``, ``offer`` or ``complaint``
    :param result: has ``is_contact``, ``is_target``, ``is_sale``, ``is_stop`` and
        ``is_final``
    :param bool is_owner: the result is of him who gave the promise
    """
    if result.is_stop:
        return True
    if kind == COMPLAINT:
        return is_owner and result.is_contact
    if kind == CALLBACK:
        return result.is_contact or result.is_sale
    return result.is_sale or (result.is_target and result.is_final)


def get_kind(has_time, is_for_supervisor):
    """The kind of promise that a result makes."""
    if has_time:
        return CALLBACK
    return COMPLAINT if is_for_supervisor else OFFER
