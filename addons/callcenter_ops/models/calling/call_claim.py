from odoo import api, fields, models
from odoo.tools import SQL

# Forbidden contacts put aside for one hand-out; the next request goes on from there.
MAX_REFUSED = 200


class CallClaim(models.Model):
    """The live hold of one operator on one client.

    Only live attempts have a row, so plain unique indexes are enough for the database
    itself to refuse a second live call to a client, to a number, or by an operator.
    """

    _name = "callcenter.call.claim"
    _description = "Claim on a client"
    _inherit = ["callcenter.claim.sweep"]
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
    phone = fields.Char(string="Number", required=True, readonly=True)
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
        "(partner_id) WHERE state IN ('preview', 'talk')",
        "This client is in a call already.",
    )
    _phone_unique = models.UniqueIndex(
        "(phone) WHERE state IN ('preview', 'talk')",
        "This number is in a call already.",
    )
    _employee_unique = models.UniqueIndex(
        "(employee_id)", "This operator holds a client already."
    )
    _contact_unique = models.UniqueIndex("(contact_id) WHERE contact_id IS NOT NULL")

    def action_release(self):
        """Take the client out of the operator's hands, as if his desk fell silent."""
        self.env["callcenter.campaign"].check_access("write")
        self.check_access("read")
        # sudo: nobody writes claims; the right to run campaigns was checked above
        claims = self.sudo()
        for claim in claims:
            claim.campaign_id.message_post(
                body=self.env._(
                    "%(client)s was released from %(operator)s.",
                    client=claim.partner_id.name,
                    operator=claim.employee_id.name,
                )
            )
        claims._sweep(reason="supervisor")
        return True

    @api.model
    def _get_own(self, employee):
        """The live claim of one operator, if any."""
        return self.search([("employee_id", "=", employee.id)], limit=1)

    @api.model
    def _claim_next(self, employee, campaigns):
        """Hand ``employee`` the next client of ``campaigns`` that may be called now.

        The claim he holds already comes back instead. Contacts that a rule forbids are
        postponed or taken out on the way, so they are not looked at again.

        :return: the claim; empty when nobody may be called
        """
        held = self._get_own(employee)
        if held:
            held._extend()
            return held
        self.env.flush_all()
        slots = campaigns._get_open_slots()
        for take in (self._take_reserved, self._take_free):
            for campaign, zones in slots:
                claim = take(employee, campaign, zones)
                if claim:
                    return claim
        return self.browse()

    def _take_reserved(self, employee, campaign, zones):
        picker = self.env["callcenter.claim.picker"]
        return self._take(
            employee, campaign, lambda: picker._pick_reserved(employee, campaign, zones)
        )

    def _take_free(self, employee, campaign, zones):
        picker = self.env["callcenter.claim.picker"]
        return self._take(
            employee, campaign, lambda: picker._pick_free(campaign, zones)
        )

    def _take(self, employee, campaign, pick):
        picker = self.env["callcenter.claim.picker"]
        version = campaign._get_rule_version()
        for _attempt in range(MAX_REFUSED):
            row = pick()
            if not row:
                break
            verdict = picker._judge_contact(row, version)
            if not verdict:
                return self._insert(employee, row)
            self._put_aside(row["id"], verdict)
        return self.browse()

    def _put_aside(self, contact_id, verdict):
        """Take a contact that may not be called now out of the queue's front."""
        contact = self.env["callcenter.campaign.contact"].browse(contact_id)
        contact._put_aside(verdict)
        self.env.flush_all()

    def _insert(self, employee, row):
        """One statement: the claim, the contact's state and the operator's grant."""
        now = fields.Datetime.now()
        company = employee.company_id
        [[claim_id]] = self.env.execute_query(
            SQL(
                """
                WITH taken AS (
                    UPDATE callcenter_campaign_contact
                       SET state = 'claimed', write_date = %(now)s
                     WHERE id = %(contact)s)
                INSERT INTO callcenter_call_claim (
                    contact_id, campaign_id, partner_id, phone, employee_id, user_id,
                    company_id, state, attempt_no, claimed_at, lease_expires_at,
                    create_uid, write_uid, create_date, write_date)
                VALUES (%(contact)s, %(campaign)s, %(partner)s, %(phone)s,
                        %(employee)s, %(user)s, %(company)s, 'preview', %(attempt)s,
                        %(now)s, %(lease)s, %(user)s, %(user)s, %(now)s, %(now)s)
                -- A rival's row makes this fail as a serialisation error, which the
                -- request is repeated for, and not as a broken constraint.
                ON CONFLICT DO NOTHING
                RETURNING id
                """,
                contact=row["id"],
                campaign=row["campaign_id"],
                partner=row["partner_id"],
                phone=row["phone"],
                employee=employee.id,
                user=employee.user_id.id,
                company=row["company_id"],
                attempt=(row["attempt_count"] or 0) + 1,
                now=now,
                lease=company._callcenter_lease_end("preview", now),
            )
        )
        self.env["callcenter.campaign.contact"].invalidate_model(["state"])
        self._forget_grants()
        return self.browse(claim_id)

    def _lock_live(self):
        """The claim, locked until the transaction ends; empty when it is over."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM callcenter_call_claim WHERE id = %s FOR UPDATE", self.id
            )
        )
        return self if rows else self.browse()

    def _start_call(self):
        self.write({"state": "talk", "call_started_at": fields.Datetime.now()})
        self._extend()

    def _judge(self):
        """Whether the call may still begin, all rules asked anew."""
        contact = self.contact_id
        row = contact.read(
            ["timezone", "attempt_count", "wait_reason", "phone"], load=None
        )[0]
        row |= {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "campaign_id": self.campaign_id.id,
        }
        picker = self.env["callcenter.claim.picker"]
        self.env.flush_all()
        return picker._judge_contact(row, self.campaign_id._get_rule_version(), self.id)

    def _get_rule_label(self, reason):
        """The rule that forbids a call, in words."""
        fields_ = self.env["callcenter.campaign.contact"]._fields
        labels = dict(fields_["wait_reason"]._description_selection(self.env))
        labels |= dict(fields_["exclusion_reason"]._description_selection(self.env))
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
        """Delete the claim: the hold is over, whatever came of it."""
        self.unlink()
        self.env.flush_all()
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
