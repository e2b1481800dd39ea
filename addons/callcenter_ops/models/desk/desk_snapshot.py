from datetime import timedelta

from odoo import fields, models

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import prime
from ...tools.calling.call_window import to_local
from ...tools.clients.phone_parse import display_number

HISTORY_LIMIT = 20
# Clients, calls and leads have many columns; the desk shows these.
_PARTNER_FIELDS = (
    "name",
    "commercial_company_name",
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


class DeskSnapshot(models.AbstractModel):
    """What the operator's desk shows, as plain values for the browser.

    All methods take records in superuser mode that the desk has checked to be the
    caller's own; only plain values leave.
    """

    _name = "callcenter.desk.snapshot"
    _inherit = [
        "callcenter.desk.lists",
        "callcenter.desk.promise",
        "callcenter.desk.script",
    ]
    _description = "Snapshot of the desk"

    def _get_snapshot(self, employee, claim, reasons=(), state=None):
        """Everything the desk shows.

        :param state: the operator's open interval, where the caller has it at hand
        """
        state = state or self._states()._get_current(employee)
        now = fields.Datetime.now()
        return {
            "state": state.state or "offline",
            "state_since": self._text(state.started_at or now),
            "pause_reason": self._pair(state.pause_reason_id),
            "server_time": self._text(now),
            "claim": self._get_claim_card(employee, claim) if claim else False,
            "reasons": list(reasons),
            "pause_reasons": list(self._get_pause_reasons()),
            "figures": self._get_figures(employee),
        }

    def _get_claim_card(self, employee, claim):
        campaign, partner = claim.campaign_id, claim.partner_id
        has_calls, has_leads = self._look_at_client(partner)
        rules = campaign and campaign._warm()._get_rules()
        debt = self._get_debt_card(claim)
        options = self._get_disposition_list(
            campaign.id, claim.direction, bool(debt) and claim.is_incoming
        )
        return {
            "id": claim.id,
            "state": claim.state,
            "direction": claim.direction,
            "also_held_by": claim._get_rival_name(),
            "lease_expires_at": self._text(claim.lease_expires_at),
            "call_started_at": self._text(claim.call_started_at),
            "attempt_no": claim.attempt_no,
            "campaign": {
                "id": campaign.id,
                "name": campaign.name or "",
                "purpose": campaign.purpose or "inbound",
                "recording_notice": not rules or rules.recording_notice,
            },
            "partner": self._get_partner_card(partner),
            **self._get_number_card(claim),
            **self._get_script_card(employee, claim),
            "history": self._get_history(partner) if has_calls else [],
            "leads": self._get_leads(partner) if has_leads else [],
            "debt": debt,
            "orders": self._get_orders(partner),
            "dispositions": list(options),
            "refusal_reasons": list(self._get_refusal_reasons()),
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
        prime(partner, **dict(zip(_PARTNER_FIELDS, columns, strict=True)))
        return has_calls, has_leads

    def _get_partner_card(self, partner):
        return {
            "id": partner.id,
            "name": partner.name or "",
            "company_name": partner.commercial_company_name or "",
            "function": partner.function or "",
            "email": partner.email or "",
            "city": partner.city or "",
            "state_name": partner.state_id._get_region_label(),
            "country_code": partner.country_id.code or "",
            "comment": partner.comment or "",
        }

    def _get_number_card(self, claim):
        place = claim._get_place()
        local = to_local(fields.Datetime.now(), place["timezone"])
        return {
            "phone": claim.phone or "",
            "phone_display": display_number(claim.phone),
            "other_phones": [
                display_number(number)
                for number in claim.partner_id._get_spare_numbers()
                if number != claim.phone
            ],
            "timezone": place["timezone"],
            "local_time": f"{local:%H:%M}",
            "region": self._get_region_label(place),
        }

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
                "started_at": self._text(call.started_at),
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
            limit=10,
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

    def _get_orders(self, partner):
        """Quotations and orders not invoiced yet, where sales are installed."""
        if "sale.order" not in self.env.registry:
            return []
        # sudo: operators have no rights on orders; the client is in the caller's hands
        orders = self.env["sale.order"].sudo()
        domain = [
            ("partner_id", "child_of", partner.commercial_partner_id.id),
            ("state", "!=", "cancel"),
            ("invoice_status", "!=", "invoiced"),
        ]
        states = dict(orders._fields["state"]._description_selection(self.env))
        return [
            {
                "id": order.id,
                "name": order.name,
                "date": self._text(order.date_order),
                "state": states[order.state],
                "amount": order.amount_total,
                "currency": order.currency_id.symbol,
            }
            for order in orders.search(domain, order="date_order desc", limit=10)
        ]

    def _get_figures(self, employee):
        """The operator's own day so far, which the supervision room counts."""
        return {}

    def _get_wait_reason(self, employee, plans):
        """Why an operator who may work got nobody, and when the next client comes."""
        if not plans:
            return self._reason(
                "no_campaign",
                self.env._("No campaign is open to you today: ask your supervisor."),
            )
        # sudo: the queue is closed to operators; a moment is all they learn
        campaigns = self.env["callcenter.campaign"].sudo()
        campaigns = campaigns.browse(plan.campaign_id for plan in plans)
        moment = campaigns._get_next_callable_at(employee)
        if not moment:
            return self._reason(
                "queue_empty", self.env._("No client is waiting in your campaigns.")
            )
        if moment <= fields.Datetime.now() + timedelta(seconds=1):
            return self._reason(
                "queue_busy",
                self.env._("The waiting clients are in other calls: ask again."),
            )
        local = employee.company_id._callcenter_local(moment)
        return self._reason(
            "not_now",
            self.env._(
                "Nobody may be called now. The next client can be called on %(day)s "
                "at %(time)s.",
                day=f"{local:%d.%m.%Y}",
                time=f"{local:%H:%M}",
            ),
        )

    def _reason(self, code, message, action=False):
        return {"code": code, "message": message, "action": action}

    def _text(self, moment):
        return fields.Datetime.to_string(moment) if moment else False

    def _pair(self, record):
        return {"id": record.id, "name": record.display_name} if record else False
