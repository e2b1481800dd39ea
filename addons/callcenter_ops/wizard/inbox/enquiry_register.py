from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize, plaintext2html

from ...tools.calling.contact_kind import WRITTEN_CHANNELS

_ROLES = ("callcenter_ops.group_operator", "callcenter_ops.group_supervisor")


class EnquiryRegister(models.TransientModel):
    """Registers what came on paper, by fax, in a chat or at the door."""

    _name = "callcenter.enquiry.register"
    _description = "Registration of a letter or message"

    inbox_id = fields.Many2one(
        "callcenter.inbox",
        required=True,
        default=lambda self: self._default_inbox_id(),
    )
    channel = fields.Selection(WRITTEN_CHANNELS, required=True, default="letter")
    sender = fields.Char(
        required=True, help="Address or number: the client is found by it."
    )
    name = fields.Char(string="Subject", required=True)
    text = fields.Text()
    received_at = fields.Datetime(
        string="Received", required=True, default=fields.Datetime.now
    )

    @api.model
    def _default_inbox_id(self):
        return self.env["callcenter.inbox"].search([], limit=1)

    def action_register(self):
        """Put it into the queue; the client is found by the sender."""
        self.ensure_one()
        if not any(map(self.env.user.has_group, _ROLES)):
            raise AccessError(self.env._("Letters are registered by operators."))
        self.inbox_id.check_access("read")
        # sudo: operators do not make enquiries otherwise; the role is checked above
        enquiry = self.env["callcenter.enquiry"].sudo().create(self._prepare())
        enquiry._match_client()
        return {"type": "ir.actions.act_window_close"}

    def _prepare(self):
        return {
            "inbox_id": self.inbox_id.id,
            "channel": self.channel,
            "sender": self.sender,
            "email_from": email_normalize(self.sender) and self.sender,
            "name": self.name,
            "body": plaintext2html(self.text or ""),
            "received_at": min(self.received_at, fields.Datetime.now()),
        }
