from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
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
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Scan", help="The paper or fax as it came."
    )

    @api.model
    def _default_inbox_id(self):
        return self.env["callcenter.inbox"].search([], limit=1)

    def action_register(self):
        """Put it into the queue; the client is found by the sender.

        It is received now, by the server's clock: its place in the queue cannot be
        chosen.

        :raise UserError: the registrar has looked up too many clients
        """
        self.ensure_one()
        if not any(map(self.env.user.has_group, _ROLES)):
            raise AccessError(self.env._("Letters are registered by operators."))
        self.inbox_id.check_access("read")
        scans = self.env["callcenter.enquiry"]._read_files(self.attachment_ids.ids)
        # sudo: operators do not make enquiries otherwise; the role is checked above
        enquiry = self.env["callcenter.enquiry"].sudo().create(self._prepare())
        self._match_client(enquiry)
        enquiry._keep_scans(scans)
        return {"type": "ir.actions.act_window_close"}

    def _match_client(self, enquiry):
        """Finding a client by his number is a look-up like any other."""
        if self.env.user.callcenter_sees_clients:
            enquiry._match_client()
            return
        employee = self.env["callcenter.desk"]._get_operator()
        # sudo: nobody writes the log of searches
        searches = self.env["callcenter.client.search"].sudo()
        search = searches._note(employee, "letter", "sender", self.sender)
        if search.outcome == "refused":
            raise UserError(enquiry._get_spent_message())
        enquiry._match_client()
        search._conclude(enquiry.partner_id, 1)

    def _prepare(self):
        return {
            "inbox_id": self.inbox_id.id,
            "channel": self.channel,
            "sender": self.sender,
            "email_from": email_normalize(self.sender) and self.sender,
            "name": self.name,
            "body": plaintext2html(self.text or ""),
        }
