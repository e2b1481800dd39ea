from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.calling.contact_kind import WRITTEN_CHANNELS

_VALUES = ("note", "expected_revenue", "promise_amount", "promise_date")


class ContactWrite(models.TransientModel):
    """Asks what goes to the client of a campaign; the contact's rules decide."""

    _name = "callcenter.contact.write"
    _description = "Letter or message to a client"

    contact_id = fields.Many2one(
        "callcenter.campaign.contact", required=True, readonly=True
    )
    client = fields.Char(compute="_compute_card")
    email = fields.Char(string="E-mail", compute="_compute_card")
    offered_ids = fields.Many2many("callcenter.disposition", compute="_compute_card")
    channel = fields.Selection(WRITTEN_CHANNELS, required=True, default="email")
    happened_at = fields.Datetime(
        string="Took place",
        default=fields.Datetime.now,
        help="When a visit was made or a message sent that is written down only now.",
    )
    subject = fields.Char()
    note = fields.Text(string="Text")
    disposition_id = fields.Many2one(
        "callcenter.disposition",
        string="Result",
        required=True,
        compute="_compute_disposition_id",
        store=True,
        readonly=False,
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
    refusal = fields.Char(readonly=True)

    @api.depends("contact_id")
    def _compute_card(self):
        for record in self:
            _employee, contact = record._get_writer()
            record.client = contact.partner_id.name
            record.email = contact.partner_id.email
            offered = contact.campaign_id._get_dispositions("written")
            record.offered_ids = offered.filtered(
                lambda disposition: not disposition.requires_callback
            )

    @api.depends("channel")
    def _compute_disposition_id(self):
        for record in self:
            name = "meeting_held" if record.channel == "visit" else "message_sent"
            record.disposition_id = self.env.ref(f"callcenter_ops.disposition_{name}")

    def action_apply(self):
        """Send or note it; where a rule forbids it, the window says so."""
        self.ensure_one()
        employee, contact = self._get_writer()
        values = {name: self[name] for name in _VALUES}
        values["refusal_reason_id"] = self.refusal_reason_id.id
        _call, verdict = contact._register_written(
            employee,
            self.channel,
            self.disposition_id.id,
            values,
            self.subject,
            self.happened_at,
        )
        if not verdict:
            return {"type": "ir.actions.act_window_close"}
        self.refusal = self._explain(verdict)
        return contact._get_writing_window() | {"res_id": self.id}

    def _explain(self, verdict):
        claims = self.env["callcenter.call.claim"]
        rule = claims._get_rule_label(verdict.reason)
        if not verdict.until:
            return self.env._("Nothing was sent: %(rule)s.", rule=rule)
        local = self.env.company._callcenter_local(verdict.until)
        return self.env._(
            "Nothing was sent: %(rule)s. It is possible from %(moment)s.",
            rule=rule,
            moment=f"{local:%d.%m.%Y %H:%M}",
        )

    def _get_writer(self):
        """Who writes, and the contact in superuser mode.

        :raise AccessError: neither his campaign nor a client in his hands
        """
        desk = self.env["callcenter.desk"]
        # sudo: continues only where one of the two rights is shown below
        contact = self.contact_id.sudo()
        if self.contact_id.has_access("write"):
            employee = desk._find_session().employee
            if not employee:
                raise UserError(
                    self.env._(
                        "Your user has no employee record: ask the HR department."
                    )
                )
            return employee, contact
        employee = desk._get_operator()
        if desk._claims()._get_own(employee).contact_id != contact:
            raise AccessError(self.env._("This client is not in your hands."))
        return employee, contact
