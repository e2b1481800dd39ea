from odoo import api, fields, models


class EnquiryAnswer(models.TransientModel):
    """Asks for the answer and its result; the enquiry decides what is allowed."""

    _name = "callcenter.enquiry.answer"
    _description = "Answer to a letter or message"

    enquiry_id = fields.Many2one("callcenter.enquiry", required=True, readonly=True)
    email_from = fields.Char(related="enquiry_id.email_from", related_sudo=False)
    offered_ids = fields.Many2many(
        "callcenter.disposition", compute="_compute_offered_ids"
    )
    ready_text_id = fields.Many2one(
        "callcenter.ready.text",
        string="Ready text",
        domain="['|', ('inbox_ids', '=', False), ('inbox_ids', 'in', inbox_id)]",
    )
    inbox_id = fields.Many2one(related="enquiry_id.inbox_id", related_sudo=False)
    answer = fields.Html(
        string="Answer to the client",
        help="Sent to the sender's address; where he wrote on paper, it is printed.",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    disposition_id = fields.Many2one(
        "callcenter.disposition",
        string="Result",
        required=True,
        domain="[('id', 'in', offered_ids)]",
    )
    requires_refusal_reason = fields.Boolean(
        related="disposition_id.requires_refusal_reason"
    )
    makes_lead = fields.Boolean(related="disposition_id.makes_lead")
    makes_promise = fields.Boolean(related="disposition_id.makes_promise")
    refusal_reason_id = fields.Many2one("callcenter.refusal.reason")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    expected_revenue = fields.Monetary(string="Amount")
    promise_amount = fields.Monetary(string="Promised")
    promise_date = fields.Date(string="Promised for")
    note = fields.Text()

    @api.depends("enquiry_id")
    def _compute_offered_ids(self):
        for record in self:
            # sudo: settings of the campaign whose letter is in the user's hands
            enquiry = record.sudo().enquiry_id
            results = self.env["callcenter.disposition"]
            is_debtor = results._is_debtor_coming(enquiry)
            offered = enquiry.campaign_id._get_dispositions("in", is_debtor)
            record.offered_ids = offered.filtered(
                lambda disposition: not disposition.requires_callback
            )

    @api.onchange("ready_text_id")
    def _onchange_ready_text_id(self):
        if self.ready_text_id:
            self.answer = self.ready_text_id._fill(self.enquiry_id)
            self.attachment_ids |= self.ready_text_id.attachment_ids

    def action_apply(self):
        """Answer; an operator gets the next letter."""
        self.ensure_one()
        values = {
            "note": self.note,
            "refusal_reason_id": self.refusal_reason_id.id,
            "expected_revenue": self.expected_revenue,
            "promise_amount": self.promise_amount,
            "promise_date": self.promise_date,
        }
        self.enquiry_id.action_answer(
            self.disposition_id.id, values, self.answer or "", self.attachment_ids.ids
        )
        if self.env.user.has_group("callcenter_ops.group_operator"):
            return self.env["callcenter.enquiry"].action_take_next()
        return {"type": "ir.actions.act_window_close"}
