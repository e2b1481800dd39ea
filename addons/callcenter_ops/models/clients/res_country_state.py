from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get

from ...tools.clients.number_registry import region_key
from ...tools.common.federal_districts import FEDERAL_DISTRICTS


class ResCountryState(models.Model):
    _inherit = "res.country.state"
    _rec_names_search = ("name", "code", "registry_name")

    federal_district = fields.Selection(
        FEDERAL_DISTRICTS, string="Federal district", index="btree_not_null"
    )
    callcenter_tz = fields.Selection(
        _tz_get,
        string="Time zone of calls",
        help="Clients of this region are called by this clock, unless their number "
        "or their own record says otherwise.",
    )
    registry_name = fields.Char(
        string="Name in the country's language",
        help="As the registry of number ranges writes it; shown to Russian users.",
    )

    @api.depends("name", "registry_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        russian = self.filtered("registry_name")
        if not self._is_language_russian():
            russian = self.browse()
        for region in russian:
            region.display_name = region.registry_name
        return super(ResCountryState, self - russian)._compute_display_name()

    def _is_language_russian(self):
        return (self.env.lang or "").startswith("ru")

    def _get_region_label(self):
        """The region in the words of the user's language."""
        own = self._is_language_russian() and self.registry_name
        return own or self.name or ""

    @api.model
    def _get_ids_by_code(self):
        """Regions of Russia by their codes."""
        regions = self.search_fetch([("country_id.code", "=", "RU")], ["code"])
        return {region.code: region.id for region in regions}

    @api.model
    def _get_region_keys(self):
        """Codes of Russia's regions by the key of their names, see ``region_key``."""
        regions = self.search([("country_id.code", "=", "RU")])
        names = [
            (name, region.code)
            for region in regions
            for name in (region.name, region.registry_name)
            if name
        ]
        return {region_key(name): code for name, code in names}
