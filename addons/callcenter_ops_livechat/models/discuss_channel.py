from odoo import models


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def write(self, vals):
        """The end of a live chat puts it among the letters, to get its result."""
        done = super().write(vals)
        if vals.get("livechat_end_dt"):
            # sudo: visitors may not make letters; the chat that ended becomes one
            for chat in self.sudo().filtered("message_ids"):
                chat.env["callcenter.enquiry"]._register_chat(chat)
        return done
