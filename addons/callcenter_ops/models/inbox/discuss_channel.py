from odoo import models


class DiscussChannel(models.Model):
    """Live chats, where they are installed: this addon does not depend on them."""

    _inherit = "discuss.channel"

    def write(self, vals):
        """The end of a live chat puts it among the letters, to get its result."""
        done = super().write(vals)
        if vals.get("livechat_end_dt"):
            # sudo: visitors may not make letters; the chat that ended becomes one
            letters = self.env["callcenter.enquiry"].sudo()
            # sudo: as above
            for chat in self.sudo().filtered("message_ids"):
                letters._register_chat(chat)
        return done
