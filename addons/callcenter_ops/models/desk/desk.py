from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .desk_session import CampaignBlockers


class Desk(models.AbstractModel):
    """The operator's desk: every method answers with the desk as it is now.

    Each method checks that the caller is an operator and works on his own claim alone.
    Calling one again after a lost answer changes nothing.
    """

    _name = "callcenter.desk"
    _inherit = [
        "callcenter.desk.snapshot",
        "callcenter.desk.session",
        "callcenter.desk.result",
        "callcenter.desk.lookup",
        "callcenter.desk.by.hand",
    ]
    _description = "Operator's desk"

    @api.model
    def open_desk(self):
        """The desk as it is; a client already held comes back.

        :return: the snapshot with ``notices``: what the operator should know though
            it keeps no clients from him, of the shape of ``reasons``
        """
        employee, claim, _has_reserved = self._get_seat()
        today = employee.company_id._callcenter_today()
        snapshot = self._get_snapshot(employee, claim)
        return snapshot | {"notices": employee._get_callcenter_warnings(today)}

    @api.model
    def claim_next(self, campaign_ids=None):
        """Hand out the next client, or say in ``reasons`` why there is none.

        :param campaign_ids: only from these campaigns
        """
        return self._hand_out(self._get_seat(), campaign_ids)

    @api.model
    def start_call(self, claim_id):
        """The operator dials: the clock starts, the longer lease begins.

        Everything that may forbid the call is asked once more; if something does by
        now, the client goes back and the reason is shown.
        """
        employee = self._get_operator()
        claim = self._get_claim(employee, claim_id)
        if claim.state == "talk":
            return self._get_snapshot(employee, claim)
        reasons = self._get_start_refusal(employee, claim)
        if reasons:
            return self._get_snapshot(employee, self._claims(), reasons)
        claim._start_call()
        self._switch(employee, "talk", campaign_id=claim.campaign_id.id)
        return self._get_snapshot(employee, claim)

    @api.model
    def end_call(self, claim_id):
        """The conversation is over, the result is still to come: wrap-up begins."""
        employee = self._get_operator()
        claim = self._get_claim(employee, claim_id)
        if claim.state == "talk" and not claim.call_ended_at:
            claim.call_ended_at = fields.Datetime.now()
            self._switch(employee, "wrap", campaign_id=claim.campaign_id.id)
        return self._get_snapshot(employee, claim)

    @api.model
    def finish_call(self, claim_id, disposition, values=None, claim_next=True):
        """Save the result with all it entails and bring the next client.

        :param disposition: id or code
        :param values: ``note``, ``callback_at`` (UTC text), ``personal``,
            ``refusal_reason_id``, ``expected_revenue``, ``product_ids``
        :return: the snapshot with ``saved``: ``call_id``, ``lead_id``,
            ``activity_id``; the same for a claim whose result is saved already
        :raise UserError: a value is missing or wrong; nothing is saved
        """
        seat = self._get_seat()
        employee = seat.employee
        claim = self._find_claim(employee, claim_id)
        if claim:
            call = self._save_result(claim, disposition, values or {})
            seat = seat._replace(claim=claim.browse())
        else:
            call = self._find_saved(employee, claim_id)
            if call.disposition_id.is_system:
                self._save_late_result(call, disposition, values or {})
        if claim_next:
            answer = self._hand_out(seat)
        else:
            self._rest(employee)
            answer = self._get_snapshot(employee, seat.claim)
        return answer | {"saved": self._get_saved(call)}

    @api.model
    def release(self, claim_id, reason):
        """Give the client back to the queue; no attempt was made.

        :param reason: the operator's words, kept in the client's chatter
        """
        employee = self._get_operator()
        claim = self._find_claim(employee, claim_id)
        if claim:
            self._release_claim(claim, reason)
        self._rest(employee)
        return self._get_snapshot(employee, self._claims()._get_own(employee))

    @api.model
    def set_state(self, state, pause_reason_id=None):
        """Ready, pause or offline; a client who was only looked at goes back."""
        employee, claim, _has_reserved = self._get_seat()
        if state not in ("ready", "pause", "offline"):
            raise UserError(self.env._("The desk has no state %(state)s.", state=state))
        values = self._get_pause_values(pause_reason_id) if state == "pause" else {}
        if claim.state == "talk":
            raise UserError(self.env._("Save the result of the call first."))
        if state == "ready":
            return self._get_ready(employee, claim)
        claim._return_to_queue()
        self._states()._switch(employee, state, reason="operator", **values)
        return self._get_snapshot(employee, self._claims())

    @api.model
    def heartbeat(self):
        """The desk is alive: leases last longer."""
        employee, claim, _has_reserved = self._get_seat()
        claim._extend()
        self._prolong(employee)
        return self._get_snapshot(employee, claim, self._get_lapse_reason(employee))

    # handing out

    def _hand_out(self, seat, campaign_ids=None):
        employee, held, has_reserved = seat
        if held:
            held._extend()
            state = self._show(employee, held)
            return self._get_snapshot(employee, held, state=state)
        today = employee.company_id._callcenter_today()
        blockers = employee._recall_callcenter_blockers(today)
        if blockers:
            return self._refuse(employee, blockers)
        plans = self._get_plans(employee, today, campaign_ids)
        found = CampaignBlockers(self.env, employee, today)
        claim = self._claims()._claim_next(
            employee, plans, found.is_blocked, has_reserved
        )
        if claim:
            state = self._show(employee, claim)
            return self._get_snapshot(employee, claim, state=state)
        self._rest(employee)
        free = [plan for plan in plans if not found.is_blocked(plan.campaign_id)]
        wait = self._get_wait_reason(employee, free)
        return self._get_snapshot(employee, claim, [*found.reasons, wait])

    def _get_plans(self, employee, today, campaign_ids):
        plans = self.env["callcenter.campaign"]._get_open_terms(employee, today)
        if not campaign_ids:
            return plans
        return [plan for plan in plans if plan.campaign_id in campaign_ids]

    def _refuse(self, employee, blockers):
        current = self._states()._get_current(employee).state
        if current in ("ready", "preview", "wrap"):
            self._switch(employee, "offline")
        return self._get_snapshot(employee, self._claims(), blockers)

    def _get_start_refusal(self, employee, claim):
        """Why the call may not begin after all; the client is put aside then."""
        today = employee.company_id._callcenter_today()
        blockers = employee._recall_callcenter_blockers(today)
        if blockers:
            claim._return_to_queue()
            self._switch(employee, "offline")
            return blockers
        verdict = claim._judge()
        if not verdict:
            return []
        claim._return_to_queue(verdict)
        self._rest(employee)
        message = self.env._(
            "This client may not be called now: %(rule)s.",
            rule=claim._get_rule_label(verdict.reason),
        )
        return [self._reason(verdict.reason, message)]

    # ending

    def _save_result(self, claim, disposition, values):
        disposition, checked = self._read_result(
            claim, disposition, values, claim._get_talk_seconds()
        )
        # sudo: operators read their calls, only the desk writes them
        calls = self.env["callcenter.call"].sudo()
        call = calls._create_from_claims(claim, disposition, checked)
        claim._end()
        call._apply_outcome(personal=bool(values.get("personal")))
        return call

    def _save_late_result(self, call, disposition, values):
        """The desk was silent too long, but the call was made: its result counts."""
        disposition, checked = self._read_result(
            call, disposition, values, call.talk_seconds
        )
        call._amend(disposition, checked, personal=bool(values.get("personal")))

    def _find_saved(self, employee, claim_id):
        """The call that the claim ended with; who lost it long ago is told so."""
        # sudo: the owner is checked right below
        calls = self.env["callcenter.call"].sudo()
        call = calls.search([("claim_ref", "=", self._read_id(claim_id))], limit=1)
        if call and call.employee_id != employee:
            raise AccessError(self.env._("This call belongs to another operator."))
        if not call:
            raise UserError(
                self.env._(
                    "You do not hold this client any more: ask for the next one."
                )
            )
        return call

    def _get_saved(self, call):
        return {
            "call_id": call.id,
            "lead_id": call.lead_id.id or False,
            "activity_id": call.activity_id.id or False,
        }
