from odoo import api, models
from odoo.exceptions import AccessError

_MAY_DELIVER = ("callcenter_ops.group_mail_gateway", "base.group_system")


class MailThread(models.AbstractModel):
    """Mail comes in by the mail server's gateway alone.

    An incoming mail names its author, the record and the time itself; whoever could
    hand one in would write in anybody's name wherever mail is taken.
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """Take an incoming mail; see Odoo's method.

        :raise AccessError: the caller is no mail gateway
        """
        if not self.env.su and not any(map(self.env.user.has_group, _MAY_DELIVER)):
            raise AccessError(
                self.env._("Mails are handed in by the mail gateway alone.")
            )
        return super().message_process(model, message, *args, **kwargs)

    # The steps of an incoming mail and its answers are taken one after the other by
    # the server, never by a client that makes them up.

    @api.private
    def message_route(self, *args, **kwargs):
        return super().message_route(*args, **kwargs)

    @api.private
    def message_parse(self, *args, **kwargs):
        return super().message_parse(*args, **kwargs)

    @api.private
    def message_new(self, *args, **kwargs):
        return super().message_new(*args, **kwargs)

    @api.private
    def message_update(self, *args, **kwargs):
        return super().message_update(*args, **kwargs)
