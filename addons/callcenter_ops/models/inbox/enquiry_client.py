from odoo import models
from odoo.tools import email_normalize
from odoo.tools.mail import email_split_tuples


class EnquiryClient(models.AbstractModel):
    """Whose letter it is: a known client, or a new one made once."""

    _name = "callcenter.enquiry.client"
    _description = "Client of a letter or message"

    def _match_client(self):
        """Find the client by the address, else by the telephone number."""
        for record in self.filtered(lambda enquiry: not enquiry.partner_id):
            record.partner_id = record._find_client()

    def _get_client_key(self):
        """``(field, value)`` by which the sender is known; None without one."""
        address = email_normalize(self.email_from or self.sender or "")
        if address:
            return ("email_normalized", address)
        number = self._read_number()
        return ("phone_sanitized", number) if number else None

    def _find_client(self):
        # sudo: operators may not search the client base; one match is all they learn
        partners = self.env["res.partner"].sudo()
        key = self._get_client_key()
        if not key:
            return partners
        name, value = key
        domain = [
            (name, "=", value),
            ("company_id", "in", (False, self.company_id.id)),
            ("partner_share", "=", True),
        ]
        return partners.search(domain, order="parent_id desc, id", limit=1)

    def _read_number(self):
        number = self.sender and self._phone_format(number=self.sender)
        return number or False

    def _ensure_client(self, disposition, answer):
        """Whoever is answered or spoken to becomes a client, if he is none yet."""
        if self.partner_id or not (answer or disposition.is_contact):
            return
        key = self._get_client_key()
        if key:
            # Another letter of this sender may be answered at this very moment.
            locks = self.env["callcenter.key.lock"]
            locks._take(self.company_id, "client", key[1])
            self._match_client()
        if not self.partner_id:
            self.partner_id = self.env["res.partner"].create(self._prepare_client())

    def _prepare_client(self):
        written = self.email_from or self.sender or ""
        [(name, _address)] = email_split_tuples(written)[:1] or [("", "")]
        return {
            "name": name or self.sender or self.email_from or self.name,
            "email": email_normalize(written),
            "phone": self._read_number(),
            "company_id": self.company_id.id,
        }

    def _forget_letter(self):
        """Erase who wrote and what; the figures of the answer stay."""
        self.write({"name": "—", "sender": False, "email_from": False, "body": False})
        self._forget_chatter()
