from dataclasses import replace

from odoo import api, models

from ..common.sealed_table import SealedTable

# Number, client and reason are left out: they may be forgotten, the hash of the number
# stays.
_STOP_ENTRIES = SealedTable(
    model="callcenter.stop.entry",
    source="callcenter_stop_entry t",
    moment="t.create_date",
    columns=("t.phone_hash", "t.date", "t.company_id", "t.create_uid", "t.create_date"),
)
# An end that comes sooner is excused by its method.
_STOP_ENTRIES_WITH_END = replace(
    _STOP_ENTRIES,
    columns=(*_STOP_ENTRIES.columns, "t.date_end", "t.ended_by_id"),
    version=2,
)


class DaySeal(models.Model):
    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (table.model, table.version): table
            for table in (_STOP_ENTRIES, _STOP_ENTRIES_WITH_END)
        }
