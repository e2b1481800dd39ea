from odoo import api, fields, models

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import prime
from .claim_handout import COLUMNS, NOT_YET
from .claim_picker import PLACE

# What a request at the desk reads of a claim: all of it.
_COLUMNS = (*COLUMNS, *NOT_YET)
_LOCK = (
    f"SELECT {', '.join(f'k.{name}' for name in _COLUMNS)},"  # noqa: S608
    f" {', '.join(f'c.{name}' for name in PLACE)}"
    " FROM callcenter_call_claim k"
    " LEFT JOIN callcenter_campaign_contact c ON c.id = k.contact_id"
    " WHERE k.id = %(claim)s FOR UPDATE OF k"
)
_END = "DELETE FROM callcenter_call_claim WHERE id = ANY(%(claims)s)"


class CallClaim(models.Model):
    """The live hold of one operator on one client.

    Only live attempts have a row, so plain unique indexes are enough for the database
    itself to refuse a second live call to a client, to a number, or by an operator.
    """

    _name = "callcenter.call.claim"
    _description = "Claim on a client"
    _inherit = [
        "callcenter.claim.handout",
        "callcenter.claim.sweep",
        "callcenter.claim.by.hand",
    ]
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
                body=self.env._(
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

    def _lock_live(self):
        """The claim, locked until the transaction ends; empty when it is over.

        The place of its contact is read on the way.
        """
        self.env["callcenter.campaign.contact"].flush_model(PLACE)
        self.flush_model()
        run_prepared(self.env.cr, _LOCK, {"claim": self.id})
        row = self.env.cr.fetchone()
        if not row:
            return self.browse()
        self.invalidate_recordset(_COLUMNS)
        size = len(_COLUMNS)
        prime(self, **dict(zip(_COLUMNS, row[:size], strict=True)))
        prime(self.contact_id, **dict(zip(PLACE, row[size:], strict=True)))
        return self

    def _start_call(self):
        self.write({"state": "talk", "call_started_at": fields.Datetime.now()})
        self._extend()

    def _judge(self):
        """Whether the call may still begin, all rules asked anew."""
        self.env.flush_all()
        campaign = self.campaign_id
        plan = campaign._recall_plan(self.company_id._callcenter_today())
        picker = self.env["callcenter.claim.picker"]
        return picker._judge(picker._look_at(self.contact_id, plan.rules), plan)

    def _get_rule_label(self, reason):
        """The rule that forbids a call, in words."""
        fields_ = self.env["callcenter.campaign.contact"]._fields
        labels = dict(fields_["wait_reason"]._description_selection(self.env))
        labels |= dict(fields_["exclusion_reason"]._description_selection(self.env))
        labels["limit_message"] = self.env._("Limit of messages")
        labels["limit_meeting"] = self.env._("Limit of meetings")
        labels["reserved"] = self.env._("A call-back promised by another operator")
        return labels[reason]

    def _get_talk_seconds(self):
        """Length of the conversation so far; 0 before the call began."""
        if not self.call_started_at:
            return 0
        until = self.call_ended_at or fields.Datetime.now()
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
