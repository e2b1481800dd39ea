from odoo import models

from ...tools.clients.named_records import read_ids
from ..common.guarded_mixin import keeping_messages


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Nobody makes a follower of a client whom he may not read."""
        clients = self._get_named_clients()
        if clients:
            clients.check({"res.partner": read_ids(partner_ids or ())})
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _message_get_suggested_recipients(self, *args, **kwargs):
        """Nobody is suggested clients who are closed to him.

        Odoo reads the client's address for that, and its refusal would cover a record
        that he may well read.
        """
        if self.env.su or not self.env.user._has_closed_client_base():
            return super()._message_get_suggested_recipients(*args, **kwargs)
        self.check_access("read")
        # sudo: whom the user may not read is left out right below
        thread = super(MailThread, self.sudo())
        suggested = thread._message_get_suggested_recipients(*args, **kwargs)
        ids = [one["partner_id"] for one in suggested if one.get("partner_id")]
        known = self.env["res.partner"].search([("id", "in", ids)]).ids
        return [one for one in suggested if one.get("partner_id") in known]

    def _forget_chatter(self):
        """Erase the messages and the activities, done ones included."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        activities.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
        keeping_messages(self.message_ids).unlink()
