from odoo import api, models

from ..common.sealed_table import SealedTable

# A signature on paper is registered with the day of the paper; the server's own moment
# stands on the trail, for those older than the trail nowhere.
_SIGNED = """COALESCE((
    SELECT min(l.moment) FROM callcenter_trail l
     WHERE l.model = 'callcenter.acknowledgement' AND l.res_id = t.id
       AND l.to_state = 'signed'), t.signed_on)"""
_SIGNATURES = SealedTable(
    model="callcenter.acknowledgement",
    source="callcenter_acknowledgement t",
    where="t.signed_on IS NOT NULL",
    moment=_SIGNED,
    columns=(
        *("t.employee_id", "t.company_id", "t.job_id", "t.description_id"),
        *("t.policy_id", "t.order_id", "t.document_name", "t.requested_on"),
        *("t.due_date", "t.signed_on", "t.signed_by_id", "t.content_hash"),
        "t.expires_on",
    ),
    personal=(
        *("t.signature", "t.ip_address"),
        "encode(sha256(COALESCE(t.signature_image, '')), 'hex')",
    ),
)


class DaySeal(models.Model):
    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (_SIGNATURES.model, _SIGNATURES.version): _SIGNATURES
        }
