from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ...tools.calling.call_status import TECHNICAL_STATUSES
from ...tools.calling.contact_kind import CHANNELS
from ...tools.calling.followup import get_kind
from ...tools.calling.retry_schedule import is_exhausted
from ...tools.clients.phone_parse import searched_digits
from ...tools.common.federal_districts import FEDERAL_DISTRICTS
from ...tools.common.outside_code import runs_outside_code
from .result_reader import ResultReader

# A context key alone could be sent by any RPC client; this very object cannot.
_UNLOCKED = object()
_CONTEXT_KEY = "callcenter_call_unlocked"
# What "do not call" takes back.
_CONSENTS_TO_CALLS = ("advertising", "mass_calls")
# Per cent; of calls without a campaign, which says its own.
_LEAD_PROBABILITY = 10
# What a result decides; all the rest of a call is what happened and is copied.
_HAPPENED = (
    "campaign_id",
    "contact_id",
    "partner_id",
    "employee_id",
    "user_id",
    "department_id",
    "company_id",
    "direction",
    "channel",
    "phone",
    "state_id",
    "federal_district",
    "timezone",
    "started_at",
    "ended_at",
    "talk_seconds",
    "wrap_seconds",
    "attempt_no",
    "script_id",
    "script_path",
)


class Call(models.Model):
    """Every way in which a client and an operator met: a call, in or out, and as well a
    letter, a message or a visit (``channel``).

    Written by the server, read by everybody else. A wrong result is never changed: a
    correction takes its place in every figure. It has the same times, the right result,
    an author and a reason; a record is in force while no later one corrects it, so a
    correction can be corrected too.
    """

    _name = "callcenter.call"
    _description = "Call, letter or visit"
    _order = "started_at desc, id desc"
    _rec_names_search = ["partner_id", "phone"]

    campaign_id = fields.Many2one(
        "callcenter.campaign",
        index="btree_not_null",
        readonly=True,
        ondelete="restrict",
    )
    contact_id = fields.Many2one(
        "callcenter.campaign.contact",
        string="Contact of the campaign",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", readonly=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", readonly=True, index=True)
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")],
        required=True,
        default="out",
        readonly=True,
    )
    channel = fields.Selection(CHANNELS, required=True, default="phone", readonly=True)
    phone = fields.Char(string="Number", readonly=True)
    state_id = fields.Many2one(
        "res.country.state", string="Region", readonly=True, index="btree_not_null"
    )
    federal_district = fields.Selection(FEDERAL_DISTRICTS, readonly=True)
    timezone = fields.Char(string="Client's time zone", readonly=True)
    started_at = fields.Datetime(
        string="Start", required=True, readonly=True, index=True
    )
    ended_at = fields.Datetime(string="End", readonly=True)
    talk_seconds = fields.Integer(string="Talk, seconds", readonly=True)
    wrap_seconds = fields.Integer(string="Wrap-up, seconds", readonly=True)
    attempt_no = fields.Integer(
        string="Attempt", readonly=True, default=1, aggregator=None
    )
    disposition_id = fields.Many2one(
        "callcenter.disposition",
        string="Result",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    technical_status = fields.Selection(
        TECHNICAL_STATUSES,
        readonly=True,
        help="What the telephone network did, apart from what the client said.",
    )
    # Copied, so that figures of past days stay when a disposition is set up anew.
    is_contact = fields.Boolean(string="Contact", readonly=True)
    is_target = fields.Boolean(string="Target contact", readonly=True)
    is_sale = fields.Boolean(string="Sale", readonly=True)
    refusal_reason_id = fields.Many2one(
        "callcenter.refusal.reason", readonly=True, ondelete="restrict"
    )
    note = fields.Text(readonly=True)
    callback_at = fields.Datetime(string="Call-back", readonly=True)
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    promise_amount = fields.Monetary(string="Promised", readonly=True)
    promise_date = fields.Date(string="Promised for", readonly=True)
    expected_revenue = fields.Monetary(string="Amount", readonly=True)
    product_ids = fields.Many2many(
        "product.product", string="Products", readonly=True, ondelete="restrict"
    )
    script_id = fields.Many2one(
        "callcenter.script", readonly=True, ondelete="set null", index="btree_not_null"
    )
    script_path = fields.Json(
        string="Steps of the script",
        readonly=True,
        help="Numbers of the steps that the conversation came to, in order.",
    )
    followup_ids = fields.One2many(
        "callcenter.followup", "call_id", string="Promises", readonly=True
    )
    claim_ref = fields.Integer(
        string="Claim",
        readonly=True,
        aggregator=None,
        help="Number of the claim that this call ended: its result is saved once.",
    )

    # the correction
    correction_of_id = fields.Many2one(
        "callcenter.call",
        string="Corrects",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    correction_ids = fields.One2many(
        "callcenter.call", "correction_of_id", string="Corrected by", readonly=True
    )
    correction_reason = fields.Text(string="Reason of the correction", readonly=True)
    correction_user_id = fields.Many2one(
        "res.users", string="Correction by", readonly=True
    )
    correction_acting_for_id = fields.Many2one(
        "hr.employee", string="Correction acting for", readonly=True
    )
    is_in_force = fields.Boolean(
        string="In force",
        compute="_compute_is_in_force",
        search="_search_is_in_force",
        help="Counts in every figure: no correction has taken its place.",
    )

    _claim_ref_unique = models.UniqueIndex(
        "(claim_ref) WHERE claim_ref IS NOT NULL AND claim_ref <> 0",
        "The result of this call is saved already.",
    )
    _correction_unique = models.UniqueIndex(
        "(correction_of_id) WHERE correction_of_id IS NOT NULL",
        "This record is corrected already: correct the newer one.",
    )
    _partner_started_idx = models.Index("(partner_id, started_at DESC)")
    _phone_started_idx = models.Index("(phone, started_at DESC)")
    _employee_started_idx = models.Index("(employee_id, started_at DESC)")
    _campaign_started_idx = models.Index("(campaign_id, started_at DESC)")
    _times = models.Constraint(
        "CHECK (ended_at IS NULL OR ended_at >= started_at)",
        "A call cannot end before it starts.",
    )

    @api.depends_context("lang")
    @api.depends("partner_id", "phone", "started_at")
    def _compute_display_name(self):
        for record in self:
            whom = record.partner_id.name or record.phone or ""
            # sudo: the company's clock, whoever reads the call
            local = record.started_at and record.company_id.sudo()._callcenter_local(
                record.started_at
            )
            day = f"{local:%d.%m.%Y %H:%M}" if local else ""
            record.display_name = ", ".join(filter(None, (whom, day)))

    @api.model
    def _search_display_name(self, operator, value):
        """By the client or his number, however it is written."""
        digits = operator == "ilike" and searched_digits(value)
        if digits:
            return Domain("phone", "like", digits)
        return super()._search_display_name(operator, value)

    @api.depends("correction_ids")
    def _compute_is_in_force(self):
        for record in self:
            record.is_in_force = not record.correction_ids

    @api.model
    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("correction_ids", "=" if True in value else "!=", False)

    # -- saving --

    @api.model
    def _create_from_claims(self, claims, disposition, values=None, notes=None):
        """Record the calls that ``claims`` end, all with one disposition.

        :param notes: ``{claim id: what its operator had written}``
        """
        values, notes = values or {}, notes or {}
        rows = [
            self._prepare_from_claim(
                claim,
                disposition,
                {**values, "note": values.get("note") or notes.get(claim.id)},
            )
            for claim in claims
        ]
        return self.create(rows)

    @api.model
    def _prepare_from_claim(self, claim, disposition, values):
        """Values of the call record; the times are the server's own.

        Of a call that was cut off the last sign of life of the desk is the end.
        """
        now = fields.Datetime.now()
        if disposition.is_system:
            now = claim._get_last_sign()
        result = self._prepare_result(disposition, values)
        for amount in ("expected_revenue", "promise_amount"):
            if not result[amount]:
                del result[amount]  # the currency need not be looked up
        started = claim.call_started_at or claim.claimed_at
        talk_end = claim.call_ended_at or now
        return {
            "campaign_id": claim.campaign_id.id,
            "contact_id": claim.contact_id.id,
            "partner_id": claim.partner_id.id,
            "employee_id": claim.employee_id.id,
            "user_id": claim.user_id.id,
            "department_id": claim.employee_id.department_id.id,
            "company_id": claim.company_id.id,
            "direction": claim.direction,
            "phone": claim.phone,
            **claim._get_place(),
            "started_at": started,
            "ended_at": now,
            "talk_seconds": claim._get_talk_seconds(now),
            "wrap_seconds": round((now - talk_end).total_seconds()),
            "attempt_no": claim.attempt_no,
            "claim_ref": claim.id,
            "script_id": claim._get_script().id,
            "script_path": values.get("script_path") or False,
            **result,
        }

    @api.model
    def _prepare_result(self, disposition, values):
        """The part of a call that its result decides."""
        return {
            "disposition_id": disposition.id,
            "is_contact": disposition.is_contact,
            "is_target": disposition.is_target,
            "is_sale": disposition.is_sale,
            "technical_status": values.get("technical_status")
            or disposition.technical_status,
            "note": values.get("note") or False,
            "callback_at": values.get("callback_at") or False,
            "refusal_reason_id": values.get("refusal_reason_id") or False,
            "expected_revenue": values.get("expected_revenue") or 0,
            "promise_amount": values.get("promise_amount") or 0,
            "promise_date": values.get("promise_date") or False,
            "product_ids": [(6, 0, values.get("product_ids") or [])],
        }

    def _get_script(self):
        return self.script_id

    def _get_place(self):
        """Region, district and zone that the call went to, as its claim had them."""
        return {
            "state_id": self.state_id.id,
            "federal_district": self.federal_district,
            "timezone": self.timezone,
        }

    def _amend(self, disposition, values, personal):
        """Give a call that was cut off the result that its operator brings late.

        A contact that another operator has meanwhile is left to him.
        """
        path = values.get("script_path") or False
        self.write(self._prepare_result(disposition, values) | {"script_path": path})
        contact = self.contact_id
        if contact.state == "queued" and contact.attempt_count <= self.attempt_no:
            self._move_contact(personal)
        self._apply_consequences(personal)

    # -- the outcome: what a result does, in the transaction that saves it --

    def _apply_outcome(self, personal=False, has_followups=True):
        """Carry out what the disposition says.

        :param personal: keep the call-back for the operator of this call
        :param has_followups: False where nothing is promised to the client
        """
        self.ensure_one()
        self._move_contact(personal)
        self._apply_consequences(personal, has_followups)

    def _apply_consequences(self, personal, has_followups=True):
        if has_followups:
            self._settle_followups()
        self._carry_out(personal)

    def _carry_out(self, personal):
        self._stop_client()
        self._mark_bad_number()
        self._make_lead()
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
        rules = self.campaign_id._warm()._get_rules()
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
        if self._is_by_second_number():
            return True
        return self.phone == client.phone_sanitized and bool(
            client._get_spare_numbers()
        )

    def _is_by_second_number(self):
        """The operator had chosen another number than the client's first."""
        first = self.partner_id.phone_sanitized
        return bool(self.contact_id and first) and self.phone != first

    def _get_day_after_promise(self):
        """The client has until the end of the promised day."""
        _start, end = self.company_id._callcenter_day_bounds(self.promise_date)
        return end

    def _stop_client(self):
        """Never call him again by any number; the consents to calls are withdrawn."""
        client, number = self.partner_id, self.phone
        if not self.disposition_id.is_stop or not (client or number):
            return
        reader = self._told_to()
        reason = reader.env._("Asked by telephone: %(call)s", call=reader.display_name)
        self.env["callcenter.stop.entry"].create(
            {
                "phone": number,
                "partner_id": client.id,
                "reason": reason,
                "company_id": self.company_id.id,
            }
        )
        numbers = {number, *(client and client._get_callcenter_numbers())} - {False}
        # sudo: the blacklist has access rows for the system alone
        self.env["phone.blacklist"].sudo()._add(sorted(numbers), message=reason)
        consents = client.callcenter_consent_ids
        consents.filtered(lambda one: one.kind in _CONSENTS_TO_CALLS)._withdraw()

    def _mark_bad_number(self):
        if self._gives_way() and self._is_by_second_number():
            self.partner_id._drop_other_number(self.phone)
            self.contact_id._transition({"phone": self.partner_id.phone_sanitized})
        elif self._gives_way():
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

    def _get_open_lead(self):
        """The lead to go on with: of the wrong record, or the open one of an earlier
        call of this contact.
        """
        if self.correction_of_id.lead_id:
            return self.correction_of_id.lead_id
        if not self.contact_id:
            return self.env["crm.lead"]
        earlier = self.env["callcenter.call"].search(
            [("contact_id", "=", self.contact_id.id), ("lead_id", "!=", False)]
        )
        return earlier.lead_id.filtered(lambda lead: lead.won_status == "pending")[:1]

    def _prepare_lead(self):
        """Values of the lead: who, from which campaign, by whom, about what."""
        campaign = self.campaign_id
        subject = campaign.name or self._told_to().env._("Call")
        team, owner = self._get_lead_owner()
        return {
            "name": f"{subject}: {self.partner_id.name}",
            "type": "opportunity",
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": owner.id,
            "team_id": team.id,
            "probability": self._get_lead_probability(),
            "campaign_id": campaign.utm_campaign_id.id,
            "medium_id": self.env.ref("utm.utm_medium_phone").id,
            "source_id": self.env.ref("callcenter_ops.utm_source_callcenter").id,
            "expected_revenue": self.expected_revenue,
            "callcenter_product_ids": [(6, 0, self.product_ids.ids)],
            "description": plaintext2html(self.note or ""),
        }

    def _get_lead_owner(self):
        """Team and manager of a new lead: of the campaign, by a route, or by rule.

        The rule: the team's leader, or else whoever leads the operator's department
        today; the operator himself has calls to make.
        """
        campaign = self.campaign_id
        # sudo: whoever ends a call need not read to whom the sales give its lead
        routes = self.env["callcenter.lead.route"].sudo()
        route = routes if campaign.lead_user_id else routes._find(self)
        team = route.team_id or campaign.lead_team_id or campaign.team_ids[:1]
        owner = campaign.lead_user_id or route._pick_manager() or team.user_id
        owner = owner or self._get_head()
        teams = self.env["crm.team"]
        return team or teams._get_default_team_id(user_id=owner.id), owner

    def _get_lead_probability(self):
        """Per cent that a new opportunity starts with.

        Odoo learns from what was won, and orders by telephone are born won: by that
        measure every open lead is all but sold.
        """
        campaign = self.campaign_id
        return campaign.lead_probability if campaign else _LEAD_PROBABILITY

    def _get_head(self):
        """User of who leads the operator's department today, or the operator's own."""
        department = self.employee_id.department_id
        today = self.company_id._callcenter_today()
        head = department and department._get_acting_manager(today)
        return (head and head.user_id) or self.user_id

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
        """The promise that the result gives, and Odoo's activity that reminds of it."""
        if not (self.disposition_id.makes_activity or self.callback_at):
            return
        user = self._get_followup_user(personal)
        moment = self.callback_at or self.disposition_id._get_next_attempt(
            self.ended_at, 1, 0
        )
        if self.disposition_id.makes_activity:
            self._plan_activity(user, moment)
        # sudo: promises are written by the server alone
        self.env["callcenter.followup"].sudo()._make(self, user, moment)
        self.env["callcenter.client.grant"].invalidate_model()

    def _plan_activity(self, user, moment):
        document = self.lead_id or self.partner_id
        self.activity_id = document.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self.company_id._callcenter_local(moment).date(),
            summary=self._told_to(user)._get_followup_summary(),
            note=plaintext2html(self.note or ""),
            user_id=user.id,
        )

    def _get_promise_kind(self):
        is_for_supervisor = self.disposition_id.followup_by == "supervisor"
        return get_kind(bool(self.callback_at), is_for_supervisor)

    def _get_promise_facts(self):
        """What of this result settles earlier promises; as of ``is_settled``."""
        return self.disposition_id

    def _get_followup_user(self, personal):
        """Whoever follows up: the operator, whose lead it is, or his supervisor."""
        if self.disposition_id.followup_by == "supervisor":
            return self._get_head()
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

    def _settle_followups(self):
        """What was promised to the client before and is kept or out of date now."""
        # sudo: promises are written by the server alone
        followups = self.env["callcenter.followup"].sudo()
        followups._find_open(self.partner_id, self.company_id)._settle_by(self)

    def _log_on_client(self):
        """A note in the client's chatter; vain attempts stay in the call list alone."""
        if not (self.is_contact or self.note) or self._is_sent_mail():
            return
        head = self._told_to()._get_log_head()
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

    # -- the correction --

    def action_correct(self, disposition_id, values, reason):
        """Record the right result of a call; the wrong record stays beside it.

        :param values: as of ``callcenter.desk.finish_call``
        :param str reason: why; it is kept on the correction and the report sheet
        :return: the correction
        :raise UserError: a value is missing or wrong, or the call is corrected already
        """
        self.ensure_one()
        self._check_corrector()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the result is corrected."))
        # sudo: nobody writes calls; the right to correct this one was checked above
        correction = self.sudo()._create_correction(disposition_id, values, reason)
        correction._apply_correction(bool(values.get("personal")))
        return correction.with_env(self.env)

    def _get_offered_dispositions(self):
        """Results that the operator could have chosen."""
        is_debtor = self.env["callcenter.disposition"]._is_debtor_coming(self)
        # sudo: reads the settings of the campaign whose call may be read
        campaign = self.sudo().campaign_id
        return campaign._get_dispositions(self.direction, is_debtor)

    def action_ask_correction(self):
        """Ask for the right result."""
        self.ensure_one()
        self._check_corrector()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the result"),
            "res_model": "callcenter.call.correct",
            "view_mode": "form",
            "target": "new",
            "context": {"default_call_id": self.id},
        }

    def _get_in_force(self):
        """The record that counts for this call: itself, or its last correction."""
        call = self
        while call.correction_ids:
            call = call.correction_ids
        return call

    def _may_correct_own(self):
        """Whether its operator may still put it right; the room of sheets decides."""
        return False

    def _check_corrector(self):
        if self.user_id == self.env.user and self._may_correct_own():
            self.check_access("read")
            return
        if not self.env.user.has_group("callcenter_ops.group_supervisor"):
            raise AccessError(
                self.env._("Results of calls are corrected by the supervisor.")
            )
        self.check_access("read")
        if self.user_id == self.env.user:
            raise UserError(self.env._("Nobody corrects his own calls."))
        if not self.is_in_force:
            raise UserError(
                self.env._("This record is corrected already: correct the newer one.")
            )

    def _create_correction(self, disposition_id, values, reason):
        reader = ResultReader(self.env, self, self.talk_seconds)
        disposition, checked = reader.parse(disposition_id, values)
        happened = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in _HAPPENED
        }
        [correction] = self._unlocked().create(
            [
                {
                    **happened,
                    **self._prepare_result(disposition, checked),
                    "correction_of_id": self.id,
                    "correction_reason": reason,
                    "correction_user_id": self.env.uid,
                    "correction_acting_for_id": self._get_represented().id,
                }
            ]
        )
        # The unique index must speak now, before anything is done for the client.
        correction.flush_recordset()
        return correction

    def _get_represented(self):
        """The head whom the current user stands in for; the supervision room knows."""
        return self.env["hr.employee"]

    def _apply_correction(self, personal=False):
        """Do what the right result does, and undo of the wrong one what can be."""
        original = self.correction_of_id
        original._undo_outcome()
        original._reopen_deal()
        if self._is_last_attempt():
            self._move_contact(personal)
        self._settle_followups()
        self._carry_out(personal)
        left = original._told_to()._get_lasting_effects(self.disposition_id)
        self._note_correction(left)

    def _is_last_attempt(self):
        """Whether the queue still stands where this call left it."""
        contact = self.contact_id
        return (
            contact.state in ("queued", "done")
            and contact.attempt_count == self.attempt_no
        )

    def _undo_outcome(self):
        """Take back what nobody has acted upon yet."""
        corrected = self._told_to().env._("The result of the call is corrected.")
        # sudo: promises are written by the server alone
        followups = self.env["callcenter.followup"].sudo()
        followups.search([("closed_call_id", "=", self.id)])._reopen()
        own = followups.search([("call_id", "=", self.id), ("state", "=", "open")])
        own._close(corrected, state="cancelled")
        self.activity_id.filtered("active")._action_done(feedback=corrected)
        if self.disposition_id.is_bad_number:
            self.partner_id._give_back_number(self.phone)

    def _reopen_deal(self):
        """An order that was none leaves its opportunity open, as no call has won it."""
        lead = self.lead_id
        if not self.is_sale or lead.won_status != "won" or lead._has_order_by_call():
            return
        stage = lead._stage_find(domain=[("is_won", "=", False)])
        chance = self._get_lead_probability()
        lead.write({"stage_id": stage.id, "probability": chance})

    def _get_lasting_effects(self, disposition):
        """What the wrong result did and its correction cannot undo, in words.

        :param disposition: the right one
        """
        lines = []
        if self.lead_id and not disposition.makes_lead:
            lines.append(
                self.env._(
                    "The opportunity %(lead)s stays: mark it lost if nothing is in it.",
                    lead=self.lead_id.name,
                )
            )
        if self.disposition_id.is_stop and not disposition.is_stop:
            lines.append(
                self.env._(
                    "The number stays on the stop list and the withdrawn consents stay "
                    "withdrawn."
                )
            )
        return lines

    def _note_correction(self, lines):
        """Tell the report sheet and the lead; the supervision room adds the sheet."""
        reader = self._told_to()
        original = reader.correction_of_id
        body = reader.env._(
            "Call corrected from “%(wrong)s” to “%(right)s” by %(user)s: %(reason)s",
            wrong=original.disposition_id.name,
            right=reader.disposition_id.name,
            user=self.correction_user_id.name,
            reason=self.correction_reason,
        )
        author = self.correction_user_id.partner_id.id
        body = "\n".join([body, *lines])
        for lead in self.lead_id | original.lead_id:
            lead._message_log(body=body, author_id=author)
        return body

    def _unlocked(self):
        """The same records, open to the lawful changes of checked calls."""
        return self.with_context(**{_CONTEXT_KEY: _UNLOCKED})

    def _is_unlocked(self):
        key = self.env.context.get(_CONTEXT_KEY)
        return key is _UNLOCKED and not runs_outside_code()
