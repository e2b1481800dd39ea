from odoo import api, models
from odoo.tools import ormcache

from ...fastpath.row_cache import warm

# Odoo's groups of kept values are given. This one is cheap to lose: beside settings it
# holds the addresses of scripts and styles, which a page asks for when it is opened.
# The default group holds what every request needs: rights, record rules, identifiers.
SETTINGS_CACHE = "assets"


class CachedSettings(models.AbstractModel):
    """Settings that every hand-out reads: kept in memory until one of them changes."""

    _name = "callcenter.cached.settings"
    _description = "Cached settings"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache(SETTINGS_CACHE)
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache(SETTINGS_CACHE)
        return super().write(vals)

    def _warm(self):
        """The same record, its plain columns in the cache, none asked for."""
        self.ensure_one()
        self.flush_recordset()
        warm(self, **self._get_columns())
        return self

    @ormcache("self.id", cache=SETTINGS_CACHE)
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

    @api.model
    @ormcache("self.env.lang", cache=SETTINGS_CACHE)
    def _get_choices(self):
        """All active ones to choose from, in order: dicts ``id`` and ``name``."""
        # Such a table has a dozen rows, and all of them are offered.
        records = self.search([], limit=100)
        return tuple(
            {"id": record.id, "name": record.display_name} for record in records
        )

    def unlink(self):
        self.env.registry.clear_cache(SETTINGS_CACHE)
        return super().unlink()
