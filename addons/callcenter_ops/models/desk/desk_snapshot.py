from odoo import fields

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import warm
from ...tools.calling.call_window import (
    closing,
    country_calendar,
    is_dayoff,
    to_local,
)
from ...tools.calling.script_text import fill_script
from ...tools.calling.spoken_name import say_first_name, say_name
from ...tools.clients.phone_parse import display_number
from ...tools.personnel.name_cases import CASES
from ...tools.position.document_text import plain_text

HISTORY_LIMIT = 20
LEADS_LIMIT = 10
# Clients, calls and leads have many columns; the desk shows these.
_PARTNER_FIELDS = (
    "name",
    "commercial_company_name",
    "is_company",
    "function",
    "email",
    "city",
    "state_id",
    "country_id",
    "comment",
    "callcenter_other_phones",
)
_CLIENT = f"""
SELECT EXISTS (SELECT FROM callcenter_call WHERE partner_id = %(client)s),
       EXISTS (SELECT FROM crm_lead WHERE partner_id = %(client)s),
       {", ".join(_PARTNER_FIELDS)}
  FROM res_partner WHERE id = %(client)s
"""  # noqa: S608
_HISTORY_FIELDS = (
    "started_at",
    "campaign_id",
    "employee_id",
    "disposition_id",
    "note",
    "talk_seconds",
    "direction",
    "channel",
)


class DeskSnapshot:
    """What the operator's desk shows, as plain values for the browser.

    It reads records in superuser mode that the desk has checked to be the caller's
    own; only plain values leave.

    :param desk: ``callcenter.desk`` of the caller; its hooks bring what other rooms
        and addons show
    :param employee: the operator, in superuser mode
    """

    def __init__(self, desk, employee):
        self.desk, self.env, self.employee = desk, desk.env, employee

    def take(self, claim, state, reasons):
        """Everything the desk shows.

        :param claim: the client in the operator's hands, may be empty
        :param state: the operator's open interval, empty before the first one
        :param reasons: why nothing was handed out: dicts ``code``, ``message``,
            ``action``
        """
        now = fields.Datetime.now()
        pause = state.pause_reason_id
        return {
            "state": state.state or "offline",
            "state_since": utc_text(state.started_at or now),
            "pause_reason": self._get_pause(pause) if pause else False,
            "server_time": utc_text(now),
            "claim": self._get_claim_card(claim) if claim else False,
            "reasons": list(reasons),
            # What clearance asks, where it blocks: ``met`` names of ``total``.
            "clearance": False,
            "pause_reasons": self._get_choices("callcenter.pause.reason"),
            "figures": self.desk._get_figures(self.employee),
        }

    def _get_pause(self, reason):
        return {
            "id": reason.id,
            "name": reason.display_name,
            "limit_seconds": 60 * reason.max_minutes,
        }

    def _get_choices(self, model):
        return list(self.env[model]._get_choices())

    # ------------------------------------------------------- the client in hand

    def _get_claim_card(self, claim):
        partner = claim.partner_id
        has_calls, has_leads = self._look_at_client(partner)
        debt = self.desk._get_debt_card(claim)
        results = self.env["callcenter.disposition"]
        offer = results._get_offer(claim, bool(debt) and claim.is_incoming)
        return {
            "id": claim.id,
            "state": claim.state,
            "direction": claim.direction,
            "also_held_by": claim._get_rival_name(),
            "lease_expires_at": utc_text(claim.lease_expires_at),
            "call_started_at": utc_text(claim.call_started_at),
            "attempt_no": claim.attempt_no,
            "campaign": self._get_campaign_card(claim.campaign_id),
            "partner": self._get_partner_card(partner),
            # Nobody who said no is handed out: he can only have called himself.
            "stop_note": claim.is_incoming and partner.callcenter_stop_note,
            **self._get_number_card(claim),
            **self._get_script_card(claim),
            "history": self._get_history(partner) if has_calls else [],
            "leads": self._get_leads(partner) if has_leads else [],
            "debt": debt,
            "orders": self.desk._get_orders(partner),
            "dispositions": list(offer),
            "refusal_reasons": self._get_choices("callcenter.refusal.reason"),
        }

    def _look_at_client(self, partner):
        """Read what the desk shows of a client.

        :return: ``(has calls, has leads)``: most clients of a fresh list have neither
        """
        self.env["callcenter.call"].flush_model(["partner_id"])
        self.env["crm.lead"].flush_model(["partner_id"])
        partner.flush_recordset(_PARTNER_FIELDS)
        run_prepared(self.env.cr, _CLIENT, {"client": partner.id})
        has_calls, has_leads, *columns = self.env.cr.fetchone()
        warm(partner, **dict(zip(_PARTNER_FIELDS, columns, strict=True)))
        return has_calls, has_leads

    def _get_campaign_card(self, campaign):
        rules = campaign and campaign._warm()._get_rules()
        return {
            "id": campaign.id,
            "name": campaign.name or "",
            "purpose": campaign.purpose or "inbound",
            "recording_notice": not rules or rules.recording_notice,
        }

    def _get_partner_card(self, partner):
        return {
            "id": partner.id,
            "name": partner.name or "",
            "said_name": not partner.is_company and say_name(partner.name or ""),
            "company_name": partner.commercial_company_name or "",
            "function": partner.function or "",
            "email": partner.email or "",
            "city": partner.city or "",
            "state_name": partner.state_id._get_region_label(),
            "country_code": partner.country_id.code or "",
            "comment": plain_text(partner.comment),
        }

    def _get_number_card(self, claim):
        place = claim._get_place()
        local = to_local(fields.Datetime.now(), place["timezone"])
        others = self._get_other_numbers(claim)
        return {
            "phone": claim.phone or "",
            "phone_display": display_number(claim.phone),
            "other_phones": [display_number(one) for one in others],
            "other_numbers": others,
            "timezone": place["timezone"],
            "local_time": f"{local:%H:%M}",
            "call_until": self._get_call_until(claim, place["timezone"]),
            "region": self._get_region_label(place),
        }

    def _get_call_until(self, claim, zone):
        """Until when the client may be called today by his own clock: 20:00."""
        if claim.is_incoming or not claim.campaign_id:
            return False
        terms = claim.campaign_id._get_terms(claim.company_id._callcenter_today())
        calendar = country_calendar(terms.country)
        now = fields.Datetime.now()
        closes = closing(
            terms.rules.window, zone, now, lambda day: is_dayoff(day, calendar)
        )
        until = closes and f"{to_local(closes, zone):%H:%M}"
        # A window without an end is no news.
        return until if until != "00:00" else False

    def _get_other_numbers(self, claim):
        """The client's numbers beside the one in hand, E.164."""
        partner = claim.partner_id
        numbers = partner._get_spare_numbers()
        if claim.contact_id and numbers and claim.phone != partner.phone_sanitized:
            numbers = [partner.phone_sanitized, *numbers]
        return [number for number in numbers if number and number != claim.phone]

    def _get_region_label(self, place):
        states = self.env["res.country.state"]
        return states.browse(place["state_id"])._get_region_label()

    def _get_history(self, partner):
        # sudo: history over all campaigns, of the client in the caller's hands alone
        calls = self.env["callcenter.call"].sudo()
        calls = calls.search_fetch(
            [("partner_id", "=", partner.id), ("is_in_force", "=", True)],
            _HISTORY_FIELDS,
            limit=HISTORY_LIMIT,
        )
        labels = dict(calls._fields["channel"]._description_selection(self.env))
        return [
            {
                "id": call.id,
                "channel": call.channel != "phone" and labels[call.channel],
                "started_at": utc_text(call.started_at),
                "campaign": call.campaign_id.name or "",
                "operator": call.employee_id.name or "",
                "disposition": call.disposition_id.name,
                "note": call.note or "",
                "talk_seconds": call.talk_seconds,
                "direction": call.direction,
            }
            for call in calls
        ]

    def _get_leads(self, partner):
        # sudo: operators have no rights on leads; the client is in the caller's hands
        leads = self.env["crm.lead"].sudo()
        leads = leads.search_fetch(
            [("partner_id", "=", partner.id), ("won_status", "=", "pending")],
            ["name", "stage_id", "expected_revenue"],
            limit=LEADS_LIMIT,
        )
        return [
            {
                "id": lead.id,
                "name": lead.name,
                "stage": lead.stage_id.name or "",
                "expected_revenue": lead.expected_revenue,
            }
            for lead in leads
        ]

    # --------------------------------------------------------------- the script

    def _get_script_card(self, claim):
        """``script``: plain HTML or False; ``steps``: a conversation with branches."""
        campaign = claim.campaign_id
        steps = claim._get_script()._get_plain_steps()
        if not steps and not campaign.script:
            return {"script": False, "steps": []}
        values = self._get_script_values(claim)
        if not steps:
            return {"script": fill_script(campaign.script, values), "steps": []}
        return {
            "script": False,
            "steps": [self._fill_step(step, values) for step in steps],
        }

    def _fill_step(self, step, values):
        values = values | self._get_product_values(step["product_id"])
        return step | {"text": fill_script(step["text"], values)}

    def _get_script_values(self, claim):
        partner = claim.partner_id
        name = partner.name or ""
        return {
            **self._get_client_names(name, partner.is_company),
            "company_name": partner.commercial_company_name or partner.name,
            "city": partner.city,
            "region": self._get_region_label(claim._get_place()),
            "operator_name": say_first_name(self.employee.name),
            "operator_full_name": self.employee.name,
            "campaign_name": claim.campaign_id.name,
            "own_company": claim.company_id.name,
        }

    def _get_client_names(self, name, is_company):
        """The client's name as it is said, in every case; a company's as it is."""
        names = {"client_name": None} | {f"client_name_{case}": case for case in CASES}
        said = {
            token: name if is_company else say_name(name, case)
            for token, case in names.items()
        }
        return said | {"client_full_name": name}

    def _get_product_values(self, product_id):
        if not product_id:
            return {}
        # sudo: the script names this product to every client, whoever may read products
        product = self.env["product.product"].sudo().browse(product_id).exists()
        currency = product.currency_id or self.env.company.currency_id
        return {
            "product_name": product.name,
            "product_code": product.default_code,
            "product_price": currency.format(product.lst_price),
            "product_text": product.description_sale,
        }


def utc_text(moment):
    """A moment as the browser reads it, False for none."""
    return fields.Datetime.to_string(moment) if moment else False
