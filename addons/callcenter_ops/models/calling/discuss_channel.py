from odoo import models


class DiscussChannel(models.Model):
    """Live chats, where they are installed: this addon does not depend on them."""

    _inherit = "discuss.channel"

    def write(self, vals):
        """The end of a live chat puts it among the letters, to get its result."""
        done = super().write(vals)
        if vals.get("livechat_end_dt"):
            # sudo: a visitor ends his own chat; the letter shows it to its operator
            for chat in self.sudo().filtered("message_ids"):
                self.env["callcenter.enquiry"].sudo()._register_chat(chat)
        return done
