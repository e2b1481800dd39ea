from odoo import api, fields, models

from ...tools.calling.call_status import TECHNICAL_STATUSES


class CallCorrect(models.TransientModel):
    """Asks for the right result of a call; the call itself decides what is allowed."""

    _name = "callcenter.call.correct"
    _description = "Correction of the result of a call"

    call_id = fields.Many2one("callcenter.call", required=True, readonly=True)
    currency_id = fields.Many2one(related="call_id.currency_id")
    wrong_disposition_id = fields.Many2one(
        related="call_id.disposition_id", string="Recorded result", related_sudo=False
    )
    offered_ids = fields.Many2many(
        "callcenter.disposition", compute="_compute_offered_ids"
    )
    disposition_id = fields.Many2one(
        "callcenter.disposition",
        string="Right result",
        required=True,
        domain="[('id', 'in', offered_ids)]",
    )
    requires_callback = fields.Boolean(related="disposition_id.requires_callback")
    requires_refusal_reason = fields.Boolean(
        related="disposition_id.requires_refusal_reason"
    )
    makes_promise = fields.Boolean(related="disposition_id.makes_promise")
    promise_amount = fields.Monetary(string="Promised")
    promise_date = fields.Date(string="Promised for")
    makes_lead = fields.Boolean(related="disposition_id.makes_lead")
    technical_status = fields.Selection(
        TECHNICAL_STATUSES, compute="_compute_technical_status", readonly=False
    )
    refusal_reason_id = fields.Many2one("callcenter.refusal.reason")
    callback_at = fields.Datetime(string="Call-back")
    expected_revenue = fields.Monetary(string="Amount")
    product_ids = fields.Many2many("product.product", string="Products")
    note = fields.Text()
    reason = fields.Text(string="Reason of the correction", required=True)
    warning = fields.Text(string="What stays", compute="_compute_warning")

    @api.model
    def default_get(self, fields):
        """The recorded values, so that only what is wrong is typed again."""
        values = super().default_get(fields)
        call = self.env["callcenter.call"].browse(values.get("call_id"))
        return {
            "note": call.note,
            "expected_revenue": call.expected_revenue,
            "refusal_reason_id": call.refusal_reason_id.id,
            "product_ids": [(6, 0, call.product_ids.ids)],
            **values,
        }

    @api.depends("call_id")
    def _compute_offered_ids(self):
        for record in self:
            record.offered_ids = record.call_id._get_offered_dispositions()

    @api.depends("disposition_id")
    def _compute_technical_status(self):
        for record in self:
            record.technical_status = record.disposition_id.technical_status

    @api.depends("call_id", "disposition_id")
    def _compute_warning(self):
        for record in self:
            lines = record.disposition_id and record.call_id._get_lasting_effects(
                record.disposition_id
            )
            record.warning = "\n".join(lines or [])

    def action_apply(self):
        """Record the correction and show it."""
        self.ensure_one()
        correction = self.call_id.action_correct(
            self.disposition_id.id, self._prepare_values(), self.reason
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "callcenter.call",
            "res_id": correction.id,
            "view_mode": "form",
        }

    def _prepare_values(self):
        """Only what the right result asks for; the rest belonged to the wrong one."""
        disposition = self.disposition_id
        values = {"note": self.note, "technical_status": self.technical_status}
        if disposition.requires_callback:
            values["callback_at"] = self.callback_at
        if disposition.requires_refusal_reason:
            values["refusal_reason_id"] = self.refusal_reason_id.id
        if disposition.makes_promise:
            values["promise_amount"] = self.promise_amount
            values["promise_date"] = self.promise_date
        if disposition.makes_lead:
            values["expected_revenue"] = self.expected_revenue
            values["product_ids"] = self.product_ids.ids
        return values
