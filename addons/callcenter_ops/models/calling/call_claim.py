from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import warm
from ...tools.calling.call_rules import Verdict
from .client_hand_out import COLUMNS, NOT_YET, HandOut
from .client_picker import PLACE, ClientPicker

# What a request at the desk reads of a claim: all of it.
_COLUMNS = (*COLUMNS, *NOT_YET)
_LOCK = (
    f"SELECT {', '.join(f'k.{name}' for name in _COLUMNS)},"  # noqa: S608
    f" {', '.join(f'c.{name}' for name in PLACE)},"
    " EXISTS (SELECT FROM callcenter_followup f"
    " WHERE f.partner_id = k.partner_id AND f.state = 'open')"
    " FROM callcenter_call_claim k"
    " LEFT JOIN callcenter_campaign_contact c ON c.id = k.contact_id"
    " WHERE k.id = %(claim)s FOR UPDATE OF k"
)
SWEEP_BATCH = 200
_END = "DELETE FROM callcenter_call_claim WHERE id = ANY(%(claims)s)"

# Facts that a new look at the client would not change.
_LASTING = ("no_phone", "bad_number", "duplicate", "no_zone", "manual", "forgotten")


class _RefusedError(Exception):
    """Why a client may not be called now; undoes what was prepared for the call."""

    def __init__(self, reason, until=None):
        super().__init__(reason)
        self.verdict = Verdict(reason, until)


class CallClaim(models.Model):
    """The live hold of one operator on one client.

    Only live attempts have a row, so plain unique indexes are enough for the database
    itself to refuse a second live call to a client, to a number, or by an operator.
    Clients come from the queue (``HandOut``) or are chosen by hand; a claim ends with
    the result of its call, when it is given back, or when its desk falls silent.
    """

    _name = "callcenter.call.claim"
    _description = "Claim on a client"
    _order = "claimed_at desc"
    _rec_name = "partner_id"

    contact_id = fields.Many2one(
        "callcenter.campaign.contact", readonly=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", readonly=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, readonly=True
    )
    phone = fields.Char(string="Number", readonly=True)
    # Empty in the rows of the queue, which one statement inserts.
    is_incoming = fields.Boolean(string="Caller on the line", readonly=True)
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")], compute="_compute_direction"
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", required=True, readonly=True
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state = fields.Selection(
        [("preview", "Preview"), ("talk", "Talk")],
        required=True,
        default="preview",
        readonly=True,
    )
    attempt_no = fields.Integer(readonly=True, aggregator=None)
    claimed_at = fields.Datetime(required=True, readonly=True)
    call_started_at = fields.Datetime(readonly=True)
    call_ended_at = fields.Datetime(readonly=True)
    lease_expires_at = fields.Datetime(
        string="Lease until", required=True, readonly=True, index=True
    )
    has_followups = fields.Boolean(
        string="Promised something",
        compute="_compute_has_followups",
        help="Something is promised to the client.",
    )

    _partner_unique = models.UniqueIndex(
        "(partner_id) WHERE state IN ('preview', 'talk') AND is_incoming IS NOT TRUE",
        "This client is in a call already.",
    )
    _phone_unique = models.UniqueIndex(
        "(phone) WHERE state IN ('preview', 'talk') AND is_incoming IS NOT TRUE",
        "This number is in a call already.",
    )
    _employee_unique = models.UniqueIndex(
        "(employee_id)", "This operator holds a client already."
    )
    _contact_unique = models.UniqueIndex("(contact_id) WHERE contact_id IS NOT NULL")
    _phone_known = models.Constraint(
        "CHECK (is_incoming OR phone IS NOT NULL)",
        "A client without a number cannot be called.",
    )

    @api.depends("is_incoming")
    def _compute_direction(self):
        for record in self:
            record.direction = "in" if record.is_incoming else "out"

    @api.depends("partner_id")
    def _compute_has_followups(self):
        followups = self.env["callcenter.followup"]
        for claim in self:
            promised = followups._find_open(claim.partner_id, claim.company_id)
            claim.has_followups = bool(promised)

    def action_release(self, reason=None):
        """Take the client out of the operator's hands, as if his desk fell silent.

        :param str reason: kept in the log; without one it is asked for
        """
        self.env["callcenter.campaign"].check_access("write")
        self.check_access("read")
        if not reason:
            action = self.contact_id._ask_override("claim")
            return action | {
                "context": {"default_kind": "claim", "default_claim_ids": self.ids}
            }
        overrides = self.env["callcenter.rule.override"]
        reason = overrides._check_reason(reason)
        # sudo: nobody writes claims; the right to run campaigns was checked above
        claims = self.sudo()
        for claim in claims:
            overrides._log_release(claim, reason)
            claim.campaign_id.message_post(
                body=claim.campaign_id._told_to().env._(
                    "%(client)s was released from %(operator)s.",
                    client=claim.partner_id.name,
                    operator=claim.employee_id.name,
                )
            )
        claims._sweep(reason="supervisor")
        return True

    def action_reassign(self):
        """Ask to whom the clients in hand are given, and why."""
        self.check_access("read")
        return self.contact_id.action_reassign()

    @api.model
    def _get_own(self, employee):
        """The live claim of one operator, if any."""
        return self.search([("employee_id", "=", employee.id)])

    @api.model
    def _claim_next(
        self, employee, terms, is_blocked=lambda campaign_id: False, has_reserved=True
    ):
        """Hand ``employee`` the next client who may be called now.

        Contacts that a rule forbids are postponed or taken out on the way, so they
        are not looked at again.

        :param terms: list of ``hand_out.Terms`` of the campaigns open to him
        :param is_blocked: whether he himself may not work in a campaign; asked only
            of those whose turn it is
        :param has_reserved: whether personal call-backs need a look at all
        :return: the claim; empty when nobody may be called
        """
        return HandOut(self).claim_next(employee, terms, is_blocked, has_reserved)

    def _lock_live(self):
        """The claim, locked until the transaction ends; empty when it is over.

        The place of its contact is read on the way.
        """
        self.env["callcenter.campaign.contact"].flush_model(PLACE)
        self.env["callcenter.followup"].flush_model(["partner_id", "state"])
        self.flush_model()
        run_prepared(self.env.cr, _LOCK, {"claim": self.id})
        row = self.env.cr.fetchone()
        if not row:
            return self.browse()
        self.invalidate_recordset(_COLUMNS)
        size = len(_COLUMNS)
        warm(self, **dict(zip(_COLUMNS, row[:size], strict=True)))
        warm(self.contact_id, **dict(zip(PLACE, row[size:-1], strict=True)))
        warm(self, has_followups=row[-1])
        return self

    def _start_call(self):
        self.write({"state": "talk", "call_started_at": fields.Datetime.now()})
        self._extend()

    def _judge(self):
        """Whether the call may still begin, all rules asked anew."""
        self.env.flush_all()
        terms = self.campaign_id._get_terms(self.company_id._callcenter_today())
        picker = ClientPicker(self.env)
        return picker.judge(picker.look_at(self.contact_id, terms.rules), terms)

    def _get_rule_label(self, reason):
        """The rule that forbids a call, in words."""
        fields_ = self.env["callcenter.campaign.contact"]._fields
        labels = dict(fields_["wait_reason"]._description_selection(self.env))
        labels |= dict(fields_["exclusion_reason"]._description_selection(self.env))
        labels["limit_message"] = self.env._("Limit of messages")
        labels["limit_meeting"] = self.env._("Limit of meetings")
        labels["reserved"] = self.env._("A call-back promised by another operator")
        return labels[reason]

    def _get_last_sign(self):
        """When the desk was heard of last, by the lease that it prolonged."""
        lease = self.company_id._get_callcenter_span("callcenter_talk_lease")
        earliest = self.call_ended_at or self.call_started_at or self.claimed_at
        last = max(earliest, self.lease_expires_at - lease)
        return min(last, fields.Datetime.now())

    def _choose_number(self, number):
        """Call the client by another of his numbers, if every rule allows it.

        :raise UserError: it is not his, or a rule forbids it
        """
        numbers = self.partner_id._get_callcenter_numbers()
        if not self.contact_id or number not in numbers:
            raise UserError(self.env._("This is none of the client's numbers."))
        before = self.phone
        self._dial_by(number)
        verdict = self._judge()
        if verdict:
            label = self._get_rule_label(verdict.reason)
            self._dial_by(before)
            raise UserError(
                self.env._("This number may not be called now: %(rule)s.", rule=label)
            )

    def _dial_by(self, number):
        self.contact_id._transition({"phone": number})
        self.phone = number
        self.env.flush_all()

    def _get_talk_seconds(self, now=None):
        """Length of the conversation until ``now``; 0 before the call began."""
        if not self.call_started_at:
            return 0
        until = self.call_ended_at or now or fields.Datetime.now()
        return round((until - self.call_started_at).total_seconds())

    def _extend(self):
        """Prolong the lease: the desk is alive."""
        for claim in self:
            claim.lease_expires_at = claim.company_id._callcenter_lease_end(
                claim.state, claim.claimed_at
            )

    def _end(self):
        """Delete the claim: the hold is over, whatever came of it.

        A claim has no attachments, messages or references to look after, so one
        statement does, and what the request has read so far stays in memory.
        """
        self.env.flush_all()
        run_prepared(self.env.cr, _END, {"claims": self.ids})
        self.invalidate_model()
        self._forget_grants()

    def _return_to_queue(self, verdict=None):
        """End the hold without an attempt; ``verdict`` tells why and until when."""
        contacts = self.contact_id
        self._end()
        contacts._transition({"state": "queued"})
        for contact in contacts if verdict else ():
            contact._put_aside(verdict)

    def _forget_grants(self):
        self.env["callcenter.client.grant"].invalidate_model()
        self.env["res.partner"].invalidate_model(["callcenter_grant_ids"])

    # -- claims by hand: a client chosen by name, a caller on the line --

    @api.model
    def _claim_client(self, employee, terms, partner):
        """Claim one client for a call in a campaign, all its rules asked.

        The client becomes a contact of the campaign, so that attempts, retries and
        call-backs are kept as with any other.

        :param terms: ``hand_out.Terms`` of a campaign open to the operator
        :return: ``(claim, "")``, or ``(empty, code of the rule)`` and nothing changed
        """
        try:
            with self.env.cr.savepoint():
                contact = self._get_contact(terms.campaign_id, partner)
                self._make_callable(contact, employee)
                return self._take_contact(employee, contact, terms), ""
        except _RefusedError as refusal:
            self.env.invalidate_all()
            self._log_refusal(terms, partner, refusal.verdict)
            return self.browse(), refusal.verdict.reason

    def _log_refusal(self, terms, partner, verdict):
        campaign = self.env["callcenter.campaign"].browse(terms.campaign_id)
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

    def _take_contact(self, employee, contact, terms):
        self.env.flush_all()
        hand_out = HandOut(self)
        row = hand_out.picker.look_at(contact, terms.rules)
        verdict = hand_out.picker.judge(row, terms)
        if verdict:
            raise _RefusedError(verdict.reason, verdict.until)
        return hand_out.insert(employee, row)

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

    def _get_script(self):
        """The script of the conversation; an empty one without steps."""
        return self.campaign_id._get_script(self.contact_id)

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

    # -- claims whose desk fell silent --

    @api.model
    def _cron_sweep(self):
        """Return the clients of silent desks to the queue, counting the attempt."""
        while dead := self._get_dead():
            dead._sweep()
            if not self.env["ir.cron"]._commit_progress(len(dead)):
                break

    def _get_dead(self):
        expired = self.search(
            [("lease_expires_at", "<", fields.Datetime.now())], limit=SWEEP_BATCH
        )
        return expired.try_lock_for_update()

    def _sweep(self, reason="lease"):
        """End claims without a result.

        A call that had begun leaves a record, so that the limits hold and the operator
        can still write down its result; personal call-backs stay personal.

        :param reason: ``lease`` or ``supervisor``, for the operator's desk
        """
        interrupted = self.env.ref("callcenter_ops.disposition_interrupted")
        talking = self.filtered(lambda claim: claim.state == "talk")
        self.env["callcenter.call"]._create_from_claims(
            talking, interrupted, notes=talking._get_drafted_notes()
        )
        self._end_expired(interrupted)

    def _get_drafted_notes(self):
        """``{claim id: note}`` not saved yet, which the room of the desk keeps."""
        return {}

    def _end_expired(self, interrupted):
        """Delete the claims and requeue their contacts in one statement."""
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH dead AS (
                    DELETE FROM callcenter_call_claim WHERE id = ANY(%(ids)s)
                    RETURNING contact_id, attempt_no, state)
                UPDATE callcenter_campaign_contact c
                   SET state = 'queued', attempt_count = dead.attempt_no,
                       next_call_at = CASE WHEN dead.state = 'talk'
                            THEN %(retry)s ELSE c.next_call_at END,
                       wait_reason = CASE WHEN dead.state = 'talk'
                            THEN 'retry' ELSE c.wait_reason END,
                       last_call_at = CASE WHEN dead.state = 'talk'
                            THEN %(now)s ELSE c.last_call_at END
                  FROM dead
                 WHERE c.id = dead.contact_id
                """,
                ids=self.ids,
                now=now,
                retry=interrupted._get_next_attempt(now, 1, 30),
            )
        )
        self.env.invalidate_all()
