from odoo import api, fields, models


class Enquiry(models.Model):
    """Live chats among the letters: held by the operator who spoke, for a result."""

    _inherit = "callcenter.enquiry"

    @api.model
    def _register_chat(self, chat):
        """The letter of an ended live chat of a call centre's operator, made once.

        Where his hands are full with another letter, it waits like any other.

        :param chat: ``discuss.channel`` of a live chat, in superuser mode
        :return: the letter; empty for chats of people who are no operators
        """
        employee = self._get_chat_operator(chat)
        inbox = employee and self._get_chat_inbox(employee)
        ident = f"<livechat-{chat.id}>"
        known = self.search([("message_ident", "=", ident)], limit=1)
        if not inbox or known:
            return known
        enquiry = self._in_transition().create(self._prepare_chat(chat, inbox, ident))
        enquiry._match_client()
        in_hand = [("user_id", "=", employee.user_id.id), ("state", "=", "taken")]
        if not self.search_count(in_hand, limit=1):
            enquiry._hold(employee)
        return enquiry

    def _get_chat_operator(self, chat):
        users = chat.livechat_operator_id.user_ids.filtered(
            lambda user: user.has_group("callcenter_ops.group_operator")
        )
        return users.employee_ids.filtered("active")[:1]

    def _get_chat_inbox(self, employee):
        domain = [
            ("company_id", "=", employee.company_id.id),
            ("department_id", "in", (False, employee.department_id.id)),
        ]
        return self.env["callcenter.inbox"].search(domain, limit=1)

    def _prepare_chat(self, chat, inbox, ident):
        # Whoever signed in is known; a guest has told nothing but a name.
        visitor = chat.livechat_customer_partner_ids[:1]
        guest = chat.livechat_customer_guest_ids[:1]
        return {
            "inbox_id": inbox.id,
            "channel": "chat",
            "name": chat.name or self._told_to().env._("Chat"),
            "sender": visitor.name or guest.name or chat.name,
            "email_from": visitor.email,
            "partner_id": visitor.filtered("partner_share").id,
            "body": chat._get_channel_history(),
            "received_at": min(chat.create_date, fields.Datetime.now()),
            "message_ident": ident,
        }
