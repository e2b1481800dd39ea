"""What a call counts for: each definition once, for statements and for searches.

``CONDITIONS`` are SQL on a row named ``call`` and may be NULL, which means no.
``DOMAINS`` find the same calls by a search. A figure of ``kpi.py`` is a quotient of
such counts.
"""

from .kpi import KPIS

# Somebody or something took the call; where the network says nothing, the result does.
_ANSWERED = ("answered", "machine", "fax", "dropped")

CONDITIONS = {
    "connected": (f"COALESCE(call.technical_status IN {_ANSWERED}, call.is_contact)"),
    "contacts": "call.is_contact",
    "targets": "call.is_target",
    "leads": "call.lead_id IS NOT NULL",
    "sales": "call.is_sale",
    "refusals": "call.refusal_reason_id IS NOT NULL",
    "callbacks": "call.callback_at IS NOT NULL",
}
DOMAINS = {
    "attempts": [],
    "connected": [
        "|",
        ("technical_status", "in", list(_ANSWERED)),
        "&",
        ("technical_status", "=", False),
        ("is_contact", "=", True),
    ],
    "contacts": [("is_contact", "=", True)],
    "targets": [("is_target", "=", True)],
    "leads": [("lead_id", "!=", False)],
    "sales": [("is_sale", "=", True)],
    "amount": [("is_sale", "=", True)],
    "refusals": [("refusal_reason_id", "!=", False)],
    "callbacks": [("callback_at", "!=", False)],
}
# Money that a call brought.
AMOUNT = "CASE WHEN call.is_sale THEN COALESCE(call.expected_revenue, 0) ELSE 0 END"
# A corrected record counts nowhere: its correction does.
IN_FORCE = (
    "NOT EXISTS (SELECT FROM callcenter_call later"
    " WHERE later.correction_of_id = call.id)"
)


def figure_domains():
    """The calls behind each figure: dict code -> domain.

    Behind a quotient stand the calls above the line; times are of all calls.
    """
    quotients = {
        code: DOMAINS[kpi.above[0]]
        for code, kpi in KPIS.items()
        if kpi.above[0] in DOMAINS
    }
    return DOMAINS | quotients
