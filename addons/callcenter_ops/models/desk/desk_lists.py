from odoo import api, models
from odoo.tools import ormcache

from ..common.cached_settings import SETTINGS_CACHE


class DeskLists(models.AbstractModel):
    """The lists that all desks offer, read once for each language."""

    _name = "callcenter.desk.lists"
    _description = "Lists of the desk"

    @api.model
    @ormcache(
        "campaign_id", "direction", "is_debtor", "self.env.lang", cache=SETTINGS_CACHE
    )
    def _get_disposition_list(self, campaign_id, direction, is_debtor=False):
        # sudo: the list is common to all operators and holds settings alone
        campaign = self.env["callcenter.campaign"].sudo().browse(campaign_id)
        return [
            {
                "id": disposition.id,
                "code": disposition.code,
                "name": disposition.name,
                "hotkey": disposition.hotkey or "",
                "color": disposition.color,
                "required": disposition._get_required_fields(),
                "needs_callback": disposition.requires_callback,
                "makes_lead": disposition.makes_lead,
                "makes_promise": disposition.makes_promise,
                "is_final": disposition.is_final,
            }
            for disposition in campaign._get_dispositions(direction, is_debtor)
        ]

    @api.model
    @ormcache("self.env.lang", cache=SETTINGS_CACHE)
    def _get_refusal_reasons(self):
        return self._get_pairs("callcenter.refusal.reason")

    @api.model
    @ormcache("self.env.lang", cache=SETTINGS_CACHE)
    def _get_pause_reasons(self):
        return self._get_pairs("callcenter.pause.reason")

    def _get_pairs(self, model):
        # The tables have a dozen rows and all of them are offered.
        records = self.env[model].search([], limit=100)
        return [{"id": record.id, "name": record.display_name} for record in records]
