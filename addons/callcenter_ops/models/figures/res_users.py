from odoo import api, fields, models
from odoo.fields import Domain

from .digest import Digest

_READERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")


class ResUsers(models.Model):
    _inherit = "res.users"

    callcenter_digest = fields.Boolean(
        string="Weekly figures of calls",
        default=True,
        help="A letter with the figures of the last week, for those who lead.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "callcenter_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "callcenter_digest"]

    @api.model
    def _cron_send_callcenter_digest(self):
        """One letter a receiver; a run that is cut off goes on with the rest."""
        receivers = self._get_callcenter_digest_receivers()
        for number, user in enumerate(receivers, 1):
            Digest(user).send()
            self.env["ir.cron"]._commit_progress(1, remaining=len(receivers) - number)

    @api.model
    def _get_callcenter_digest_receivers(self):
        """Those who lead, have an address and did not switch the letter off."""
        groups = [self.env.ref(group).id for group in _READERS]
        leads = Domain("all_group_ids", "in", groups)
        return self.search(leads & Domain("callcenter_digest", "=", True)).filtered(
            "email"
        )
