from markupsafe import Markup
from odoo import models
from odoo.tools import plaintext2html

from ...tools.calling.retry_schedule import is_exhausted


class CallOutcome(models.AbstractModel):
    """What the result of a call does, in the transaction that saves it."""

    _name = "callcenter.call.outcome"
    _description = "Consequences of a call"

    def _apply_outcome(self, personal=False):
        """Carry out what the disposition says.

        :param personal: keep the call-back for the operator of this call
        """
        self.ensure_one()
        self._move_contact(personal)
        self._apply_consequences(personal)

    def _apply_consequences(self, personal):
        self._close_followups()
        self._carry_out(personal)

    def _carry_out(self, personal):
        self._stop_number()
        self._mark_bad_number()
        self._make_lead()
        self._make_promise()
        self._plan_followup(personal)
        self._settle_queued()
        self._log_on_client()

    def _move_contact(self, personal):
        contact = self.contact_id or self._get_callback_contact()
        if contact and self._moves_contact():
            contact._record_attempt(self, self._get_next_step(personal))

    def _moves_contact(self):
        """A message in between leaves the queue alone, unless it settled the matter.

        Whoever has the client in a call ends it with a result of its own.
        """
        if self.channel == "phone" or self.direction == "in":
            return True
        disposition = self.disposition_id
        settles = disposition.is_final or disposition.is_stop or self.promise_date
        return bool(settles) and self.contact_id.state != "claimed"

    def _get_callback_contact(self):
        """A caller who wants to be called back becomes a contact of the campaign.

        :return: the contact; empty where it is in other hands or cannot be called
        """
        if not (self.callback_at and self.campaign_id):
            return self.contact_id
        contact = self.campaign_id._ensure_contact(self.partner_id)
        if contact.state == "claimed" or contact.exclusion_reason:
            return self.contact_id
        self.contact_id = contact
        return contact

    def _get_next_step(self, personal):
        """Values of the contact: done, back at the agreed time, or tried again."""
        disposition = self.disposition_id
        if self._gives_way():
            return {"state": "queued"}
        if disposition.is_final or disposition.is_stop:
            return {"state": "done"}
        if self.callback_at:
            return {
                "state": "queued",
                "next_call_at": self.callback_at,
                "wait_reason": "callback",
                "reserved_employee_id": self.employee_id.id if personal else False,
            }
        if self.promise_date:
            return {
                "state": "queued",
                "next_call_at": self._get_day_after_promise(),
                "wait_reason": "promise",
            }
        rules = self.campaign_id._recall()._get_rules()
        if is_exhausted(self.attempt_no, rules.max_attempts):
            return {"state": "done", "exclusion_reason": "exhausted"}
        next_at = disposition._get_next_attempt(
            self.ended_at, self.attempt_no, rules.retry_minutes
        )
        return {"state": "queued", "next_call_at": next_at, "wait_reason": "retry"}

    def _gives_way(self):
        """Whether the client's next number is called instead of this bad one."""
        disposition, client = self.disposition_id, self.partner_id
        if not disposition.is_bad_number or disposition.is_stop:
            return False
        return self.phone == client.phone_sanitized and bool(
            client._get_spare_numbers()
        )

    def _get_day_after_promise(self):
        """The client has until the end of the promised day."""
        _start, end = self.company_id._callcenter_day_bounds(self.promise_date)
        return end

    def _stop_number(self):
        """Never call the number again; the consents to calls are withdrawn."""
        if not self.disposition_id.is_stop or not self.phone:
            return
        reason = self.env._("Asked by telephone: %(call)s", call=self.display_name)
        self.env["callcenter.stop.entry"].create(
            {
                "phone": self.phone,
                "partner_id": self.partner_id.id,
                "reason": reason,
                "company_id": self.company_id.id,
            }
        )
        # sudo: the blacklist has access rows for the system alone
        self.env["phone.blacklist"].sudo()._add([self.phone], message=reason)
        consents = self.partner_id.callcenter_consent_ids
        consents.filtered(lambda consent: consent.kind == "advertising")._withdraw()

    def _mark_bad_number(self):
        if self._gives_way():
            self.partner_id._pass_to_next_number()
        elif self.disposition_id.is_bad_number:
            self.partner_id.callcenter_bad_phone = self.phone

    def _make_lead(self):
        if not self.disposition_id.makes_lead:
            return
        lead = self._get_open_lead()
        if lead:
            lead._add_call(self)
        else:
            lead = self.env["crm.lead"].create(self._prepare_lead())
        self.lead_id = lead
        if self.disposition_id.is_sale:
            lead.action_set_won()

    def _make_promise(self):
        if self.promise_date:
            # sudo: promises are written by the server alone
            self.env["callcenter.promise"].sudo()._make(self)
            self._await_promise()

    def _await_promise(self):
        """The debtor came by himself: nobody reminds him before the promised day."""
        if self.direction == "in":
            contacts = self._get_queued_contacts(is_debt=True)
            contacts.try_lock_for_update()._put_off_until(
                self._get_day_after_promise(), "promise"
            )

    def _get_open_lead(self):
        """The lead that an earlier call of this contact made, if it is still open."""
        if not self.contact_id:
            return self.env["crm.lead"]
        earlier = self.env["callcenter.call"].search(
            [("contact_id", "=", self.contact_id.id), ("lead_id", "!=", False)]
        )
        return earlier.lead_id.filtered(lambda lead: lead.won_status == "pending")[:1]

    def _prepare_lead(self):
        """Values of the lead: who, from which campaign, by whom, about what."""
        campaign = self.campaign_id
        subject = campaign.name or self.env._("Call")
        return {
            "name": f"{subject}: {self.partner_id.name}",
            "type": "opportunity",
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": (campaign.lead_user_id or self.user_id).id,
            "team_id": (campaign.lead_team_id or campaign.team_ids[:1]).id,
            "campaign_id": campaign.utm_campaign_id.id,
            "medium_id": self.env.ref("utm.utm_medium_phone").id,
            "source_id": self.env.ref("callcenter_ops.utm_source_callcenter").id,
            "expected_revenue": self.expected_revenue,
            "callcenter_product_ids": [(6, 0, self.product_ids.ids)],
            "description": plaintext2html(self.note or ""),
        }

    def _settle_queued(self):
        """The client came by himself: calls that wait for him end or are put off.

        A contact that is being handed out at this moment is left to its operator.
        """
        effect = self.disposition_id.queued_effect
        if self.direction == "in" and effect != "keep":
            contacts = self._get_queued_contacts().try_lock_for_update()
            if effect == "end":
                contacts._end_by(self)
            else:
                contacts._put_off_by(self)

    def _get_queued_contacts(self, is_debt=False):
        """Contacts of open campaigns that wait to be called at this client.

        :param is_debt: those of debt campaigns alone, which others leave out
        """
        return self.env["callcenter.campaign.contact"].search(
            [
                ("partner_id", "=", self.partner_id.id or 0),
                ("id", "!=", self.contact_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "queued"),
                ("campaign_id.state", "!=", "done"),
                ("campaign_id.purpose", "=" if is_debt else "!=", "debt"),
            ]
        )

    def _plan_followup(self, personal):
        """An activity of the call type: the call-back, or the promised offer."""
        if not self.disposition_id.makes_activity:
            return
        user = self._get_followup_user(personal)
        moment = self.callback_at or self.disposition_id._get_next_attempt(
            self.ended_at, 1, 0
        )
        document = self.lead_id or self.partner_id
        self.activity_id = document.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self.company_id._callcenter_local(moment).date(),
            summary=self._get_followup_summary(),
            note=plaintext2html(self.note or ""),
            user_id=user.id,
        )

    def _get_followup_user(self, personal):
        """Whoever follows up: the operator, whose lead it is, or his supervisor."""
        if self.disposition_id.followup_by == "supervisor":
            department = self.employee_id.department_id
            today = self.company_id._callcenter_today()
            head = department and department._get_acting_manager(today)
            return (head and head.user_id) or self.user_id
        if self.callback_at and not personal:
            return self.campaign_id.user_id or self.user_id
        return self.lead_id.user_id or self.user_id

    def _get_followup_summary(self):
        if not self.callback_at:
            return f"{self.disposition_id.name}: {self.campaign_id.name or ''}"
        return self.env._(
            "Call back at %(time)s: %(campaign)s",
            time=f"{self.company_id._callcenter_local(self.callback_at):%H:%M}",
            campaign=self.campaign_id.name or "",
        )

    def _close_followups(self):
        """This call was the call-back: the planned activities are done."""
        if not self.contact_id or self.attempt_no <= 1:
            return
        earlier = self.env["callcenter.call"].search(
            [
                ("contact_id", "=", self.contact_id.id),
                ("activity_id.active", "=", True),
                ("callback_at", "!=", False),
                ("id", "!=", self.id),
            ]
        )
        earlier.activity_id._action_done(feedback=self.disposition_id.name)

    def _log_on_client(self):
        """A note in the client's chatter; vain attempts stay in the call list alone."""
        if not (self.is_contact or self.note) or self._is_sent_mail():
            return
        head = self._get_log_head()
        body = Markup("%s<br/>%s") % (head, self.note) if self.note else head
        self.partner_id._message_log(body=body, author_id=self.user_id.partner_id.id)

    def _is_sent_mail(self):
        """The mail itself stands in the client's chatter already."""
        return self.channel == "email" and self.direction == "out"

    def _get_log_head(self):
        words = {
            "operator": self.employee_id.name,
            "campaign": self.campaign_id.name or "—",
            "result": self.disposition_id.name,
        }
        if self.channel == "phone":
            return self.env._("Call by %(operator)s, %(campaign)s: %(result)s", **words)
        labels = dict(self._fields["channel"]._description_selection(self.env))
        return self.env._(
            "%(channel)s, %(operator)s, %(campaign)s: %(result)s",
            channel=labels[self.channel],
            **words,
        )
