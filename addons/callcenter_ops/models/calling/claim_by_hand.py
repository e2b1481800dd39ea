from odoo import api, fields, models

from ...tools.calling.hand_out import Verdict

# Facts that a new look at the client would not change.
_LASTING = ("no_phone", "bad_number", "duplicate", "no_zone", "manual", "forgotten")


class _RefusedError(Exception):
    """Why a client may not be called now; undoes what was prepared for the call."""

    def __init__(self, reason, until=None):
        super().__init__(reason)
        self.verdict = Verdict(reason, until)


class ClaimByHand(models.AbstractModel):
    """Claims that no queue hands out: a client chosen by name, a caller on the line."""

    _name = "callcenter.claim.by.hand"
    _description = "Claims made by hand"

    @api.model
    def _claim_client(self, employee, plan, partner):
        """Claim one client for a call in a campaign, all its rules asked.

        The client becomes a contact of the campaign, so that attempts, retries and
        call-backs are kept as with any other.

        :param plan: ``tools.hand_out.Plan`` of a campaign open to the operator
        :return: ``(claim, "")``, or ``(empty, code of the rule)`` and nothing changed
        """
        try:
            with self.env.cr.savepoint():
                contact = self._get_contact(plan.campaign_id, partner)
                self._make_callable(contact, employee)
                return self._take_contact(employee, contact, plan), ""
        except _RefusedError as refusal:
            self.env.invalidate_all()
            self._log_refusal(plan, partner, refusal.verdict)
            return self.browse(), refusal.verdict.reason

    def _log_refusal(self, plan, partner, verdict):
        campaign = self.env["callcenter.campaign"].browse(plan.campaign_id)
        self.env["callcenter.rule.refusal"]._log_client(
            campaign, partner, partner.phone_sanitized, verdict
        )

    def _get_contact(self, campaign_id, partner):
        """The client's contact in the campaign, made if there is none, locked."""
        contact = (
            self.env["callcenter.campaign"].browse(campaign_id)._ensure_contact(partner)
        )
        if not contact.try_lock_for_update():
            raise _RefusedError("busy")
        return contact

    def _make_callable(self, contact, employee):
        """Put a contact that is over or out back into the queue, if that may be."""
        if contact.state == "claimed":
            raise _RefusedError("busy")
        if contact.reserved_employee_id not in (employee, employee.browse()):
            raise _RefusedError("reserved")
        if contact.exclusion_reason in _LASTING:
            raise _RefusedError(contact.exclusion_reason)
        if contact.state == "excluded" and contact._has_rival():
            raise _RefusedError("duplicate")
        if contact.state != "queued":
            contact._transition({"state": "queued", "exclusion_reason": False})

    def _take_contact(self, employee, contact, plan):
        self.env.flush_all()
        picker = self.env["callcenter.claim.picker"]
        row = picker._look_at(contact, plan.rules)
        verdict = picker._judge(row, plan)
        if verdict:
            raise _RefusedError(verdict.reason, verdict.until)
        return self._insert(employee, row)

    @api.model
    def _answer(self, employee, partner, phone, campaign):
        """The claim of a caller on the line: the conversation has begun.

        Such a claim stands beside another operator's on the same client, for whoever
        rings is answered.
        """
        now = fields.Datetime.now()
        claim = self.create(
            {
                "is_incoming": True,
                "campaign_id": campaign.id,
                "partner_id": partner.id,
                "phone": phone,
                "employee_id": employee.id,
                "user_id": employee.user_id.id,
                "company_id": employee.company_id.id,
                "state": "talk",
                "attempt_no": 0,
                "claimed_at": now,
                "call_started_at": now,
                "lease_expires_at": employee.company_id._callcenter_lease_end(
                    "talk", now
                ),
            }
        )
        self._forget_grants()
        return claim

    def _get_rival_name(self):
        """The operator who has a claim on the caller already, or ""."""
        if not self.is_incoming:
            return ""
        domain = [("id", "!=", self.id), ("company_id", "=", self.company_id.id)]
        same = ["|", ("partner_id", "=", self.partner_id.id)]
        same += [("phone", "=", self.phone or "-")]
        return self.search([*domain, *same], limit=1).employee_id.name or ""

    def _get_place(self):
        """Region, district and zone of the client, by his contact or his number."""
        contact = self.contact_id
        if contact:
            return {
                "state_id": contact.state_id.id,
                "federal_district": contact.federal_district,
                "timezone": contact.timezone,
            }
        place = self.partner_id._get_call_region()
        return {
            "state_id": place["state_id"],
            "federal_district": place["federal_district"],
            "timezone": place["timezone"] or self.company_id.callcenter_tz,
        }
