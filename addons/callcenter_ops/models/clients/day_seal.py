from odoo import api, models

from ..common.sealed_table import SealedTable

# Number, client and end are left out: the first two may be forgotten, the hash of the
# number stays; the end may lawfully come sooner.
_STOP_ENTRIES = SealedTable(
    model="callcenter.stop.entry",
    source="callcenter_stop_entry t",
    moment="t.create_date",
    columns=("t.phone_hash", "t.date", "t.company_id", "t.create_uid", "t.create_date"),
)


class DaySeal(models.Model):
    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (_STOP_ENTRIES.model, _STOP_ENTRIES.version): _STOP_ENTRIES
        }
