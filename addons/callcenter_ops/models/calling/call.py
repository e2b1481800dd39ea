from odoo import api, fields, models

from ...tools.calling.call_status import TECHNICAL_STATUSES
from ...tools.calling.contact_kind import CHANNELS
from ...tools.clients.number_plan import FEDERAL_DISTRICTS


class Call(models.Model):
    """Every attempt, in or out. Written by the desk, read by everybody else."""

    _name = "callcenter.call"
    _description = "Call"
    _inherit = ["callcenter.call.correction", "callcenter.plain.row"]
    _order = "started_at desc, id desc"

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
        "crm.lead", readonly=True, index="btree_not_null", ondelete="set null"
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    promise_amount = fields.Monetary(string="Promised", readonly=True)
    promise_date = fields.Date(string="Promised for", readonly=True)
    expected_revenue = fields.Monetary(string="Amount", readonly=True)
    product_ids = fields.Many2many("product.product", string="Products", readonly=True)
    claim_ref = fields.Integer(
        string="Claim",
        readonly=True,
        aggregator=None,
        help="Number of the claim that this call ended: its result is saved once.",
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

    @api.depends("partner_id", "phone")
    def _compute_display_name(self):
        for record in self:
            record.display_name = (
                f"{record.partner_id.name or record.phone} #{record.id}"
            )

    @api.model
    def _create_from_claims(self, claims, disposition, values=None):
        """Record the calls that ``claims`` end, all with one disposition."""
        values = values or {}
        rows = [
            self._prepare_from_claim(claim, disposition, values) for claim in claims
        ]
        if len(rows) != 1 or values.get("product_ids"):
            return self.create(rows)
        [row] = rows
        del row["product_ids"]
        return self._insert_call(row)

    @api.model
    def _insert_call(self, vals):
        """``create`` for the one call that a desk saves, as plain columns."""
        return self._insert_row(vals)

    @api.model
    def _prepare_from_claim(self, claim, disposition, values):
        """Values of the call record; the times are the server's own."""
        now = fields.Datetime.now()
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
            "talk_seconds": claim._get_talk_seconds(),
            "wrap_seconds": round((now - talk_end).total_seconds()),
            "attempt_no": claim.attempt_no,
            "claim_ref": claim.id,
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
        self.write(self._prepare_result(disposition, values))
        contact = self.contact_id
        if contact.state == "queued" and contact.attempt_count <= self.attempt_no:
            self._move_contact(personal)
        self._apply_consequences(personal)
