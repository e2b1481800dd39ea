from odoo import api, models

from .guarded_mixin import is_keeping_messages


class MailTrackingValue(models.Model):
    """What Odoo notes of changed values goes with its message."""

    _inherit = "mail.tracking.value"

    @api.model_create_multi
    def create(self, vals_list):
        values = super().create(vals_list)
        values._check_own_words()
        return values

    def write(self, vals):
        self._check_own_words()
        return super().write(vals)

    def unlink(self):
        self._check_own_words()
        return super().unlink()

    def _check_own_words(self):
        if is_keeping_messages(self.env):
            return
        # sudo: only asks whose message they belong to
        messages = self.sudo().mail_message_id
        if messages._on_guarded():
            messages._refuse_words()
