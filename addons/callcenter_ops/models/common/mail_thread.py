from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.common.outside_code import runs_outside_code
from .guarded_mixin import is_guarded, keeping_messages

_MAY_DELIVER = ("callcenter_ops.group_mail_gateway", "base.group_system")


class MailThread(models.AbstractModel):
    """Who may write in whose name.

    On guarded records everybody speaks for himself, now, and as a person. Mail comes in
    by the mail server's gateway alone: it names its author, the record and the time
    itself, so whoever could hand one in would write in anybody's name.
    """

    _inherit = "mail.thread"

    def message_post(self, **kwargs):
        return super().message_post(**self._speak_for_oneself(kwargs, "comment"))

    def message_notify(self, **kwargs):
        return super().message_notify(**self._speak_for_oneself(kwargs))

    def unlink(self):
        """With a record go its messages; whether it may go is asked by the record."""
        return super(MailThread, keeping_messages(self)).unlink()

    def _message_create(self, values_list):
        return super(MailThread, keeping_messages(self))._message_create(values_list)

    def _notify_thread(self, message, *args, **kwargs):
        """A mail of a notification writes the words of its message once more."""
        thread = super(MailThread, keeping_messages(self))
        return thread._notify_thread(message, *args, **kwargs)

    def _speak_for_oneself(self, kwargs, kind=None):
        """``kwargs`` of a message that a person may write on these records.

        :param kind: the type of message that a person's words have
        :raise AccessError: it speaks in another name, or of another time
        """
        if self._name.startswith("callcenter."):
            self.check_access("read")
        if not self._guards_words():
            return kwargs
        own = self.env.user.partner_id
        forged = (
            kwargs.get("author_id") not in (None, False, own.id)
            or kwargs.get("email_from") not in (None, False, own.email_formatted)
            or {"date", "create_date", "message_id", "author_guest_id"} & set(kwargs)
            or kwargs.get("tracking_value_ids")
        )
        if forged:
            raise AccessError(
                self.env._("Here everybody writes in his own name, and now.")
            )
        return kwargs | ({"message_type": kind} if kind else {})

    def _guards_words(self):
        if not is_guarded(self.env, self._name):
            return False
        return not self.env.su or runs_outside_code()

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Take an incoming mail; see Odoo's method.

        :raise AccessError: the caller is no mail gateway
        """
        if not self.env.su and not any(map(self.env.user.has_group, _MAY_DELIVER)):
            raise AccessError(
                self.env._("Mails are handed in by the mail gateway alone.")
            )
        return super().message_process(
            model, message, custom_values, save_original, strip_attachments, thread_id
        )

    # The steps of an incoming mail and its answers are taken one after the other by
    # the server, never by a client that makes them up.

    @api.model
    @api.private
    def message_route(
        self,
        message,
        message_dict,
        model=None,
        thread_id=None,
        custom_values=None,
    ):
        return super().message_route(
            message, message_dict, model, thread_id, custom_values
        )

    @api.model
    @api.private
    def message_parse(self, message, save_original=False):
        return super().message_parse(message, save_original)

    @api.model
    @api.private
    def message_new(self, msg_dict, custom_values=None):
        return super().message_new(msg_dict, custom_values)

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        return super().message_update(msg_dict, update_vals)
