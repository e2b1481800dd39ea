from odoo import models

from ..common.guarded_mixin import keeping_messages


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _forget_chatter(self):
        """Erase the messages and the activities, done ones included."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        activities.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
        keeping_messages(self.message_ids).unlink()
