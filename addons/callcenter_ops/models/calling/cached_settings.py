from odoo import api, models


class CachedSettings(models.AbstractModel):
    """Settings that every hand-out reads: kept in memory until one of them changes."""

    _name = "callcenter.cached.settings"
    _description = "Cached settings"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
