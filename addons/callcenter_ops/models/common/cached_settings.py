from odoo import api, models
from odoo.tools import ormcache

from ...fastpath.row_cache import prime


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

    def _recall(self):
        """The same record, its plain columns known without asking the database."""
        self.ensure_one()
        self.flush_recordset()
        prime(self, **self._get_columns())
        return self

    @ormcache("self.id")
    def _get_columns(self):
        # sudo: settings, common to all who work with them
        record = self.sudo()
        return {
            name: field.convert_to_cache(record[name], record)
            for name, field in self._fields.items()
            if name != "id"
            and field.store
            and field.column_type
            and not field.translate
        }

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
