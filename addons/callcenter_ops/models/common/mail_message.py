from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.common.outside_code import runs_outside_code
from .guarded_mixin import is_guarded, is_keeping_messages

# What a message says, who says it, when and of what.
_WORDS = frozenset(
    (
        *("author_guest_id", "author_id", "body", "create_date", "create_uid", "date"),
        *("email_from", "message_type", "model", "parent_id", "res_id", "subject"),
        *("subtype_id", "tracking_value_ids", "attachment_ids"),
    )
)


class MailMessage(models.Model):
    """What stands on a guarded record is neither put there nor changed from aside."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        # Letters of the program carry the record that they are about.
        by_program = self.env.su and not runs_outside_code()
        if not by_program and not is_keeping_messages(self.env):
            if messages._on_guarded():
                self._refuse_words()
        return messages

    def write(self, vals):
        checked = _WORDS & set(vals) and not is_keeping_messages(self.env)
        if checked:
            self._check_own_words()
        result = super().write(vals)
        if checked and {"model", "res_id"} & set(vals) and self._on_guarded():
            self._refuse_words()
        return result

    def unlink(self):
        if not is_keeping_messages(self.env):
            self._check_own_words()
        return super().unlink()

    def _on_guarded(self):
        # sudo: only of what model they are, whoever reads them
        return self.sudo().filtered(
            lambda message: message.res_id and is_guarded(self.env, message.model)
        )

    def _check_own_words(self):
        """One's own comments may be mended while the record is not frozen."""
        own = self.env.user.partner_id
        for message in self._on_guarded():
            # sudo: the record's state alone decides, whoever may read the record
            record = self.env[message.model].sudo().browse(message.res_id).exists()
            is_comment = message.message_type == "comment"
            if record and (
                not is_comment or message.author_id != own or record._is_frozen()
            ):
                self._refuse_words()

    def _refuse_words(self):
        raise AccessError(
            self.env._(
                "What stands here stays: write another message under the record."
            )
        )
