from odoo import api, models

from ..common.sealed_table import SealedTable

# What happened; the result may be brought late and is sealed with its report sheet.
_CALLS = SealedTable(
    model="callcenter.call",
    source="callcenter_call t",
    moment="t.create_date",
    columns=(
        *("t.campaign_id", "t.employee_id", "t.user_id", "t.company_id"),
        *("t.direction", "t.channel", "t.started_at", "t.ended_at"),
        *("t.talk_seconds", "t.wrap_seconds", "t.attempt_no", "t.claim_ref"),
        *("t.correction_of_id", "t.correction_user_id", "t.correction_reason"),
        *("t.create_uid", "t.create_date"),
    ),
    personal=("t.phone",),
)


class DaySeal(models.Model):
    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {(_CALLS.model, _CALLS.version): _CALLS}
