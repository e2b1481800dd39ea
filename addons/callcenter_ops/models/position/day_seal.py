from dataclasses import replace

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
# A refusal before two witnesses is an answer as well.
_ANSWERS = replace(
    _SIGNATURES,
    where="(t.signed_on IS NOT NULL OR t.refused_on IS NOT NULL)",
    moment=f"""COALESCE({_SIGNED}, (
        SELECT min(l.moment) FROM callcenter_trail l
         WHERE l.model = 'callcenter.acknowledgement' AND l.res_id = t.id
           AND l.to_state = 'refused'), t.refused_on::timestamp)""",  # noqa: S608
    columns=(
        *_SIGNATURES.columns,
        *("t.refused_on", "t.witness_id", "t.second_witness_id"),
    ),
    personal=(*_SIGNATURES.personal, "t.refusal_reason"),
    version=2,
)


class DaySeal(models.Model):
    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (table.model, table.version): table for table in (_SIGNATURES, _ANSWERS)
        }
