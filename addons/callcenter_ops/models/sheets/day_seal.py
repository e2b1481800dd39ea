from dataclasses import replace

from odoo import api, models

from ..common.sealed_table import SealedTable

_RESULTS = """(
    SELECT encode(sha256(convert_to(string_agg(jsonb_build_array(
               c.id, c.disposition_id, c.is_contact, c.is_target, c.is_sale,
               c.technical_status, c.refusal_reason_id, c.callback_at,
               c.promise_amount, c.promise_date, c.expected_revenue)::text,
               '|' ORDER BY c.id), 'UTF8')), 'hex')
      FROM callcenter_call c
     WHERE c.sheet_id = t.id AND c.correction_of_id IS NULL)"""
_SHEETS = SealedTable(
    model="callcenter.report.sheet",
    source="callcenter_report_sheet t",
    moment="t.checked_on",
    where="t.state IN ('checked', 'closed')",
    columns=(
        *("t.employee_id", "t.department_id", "t.company_id", "t.date"),
        *("t.submitted_on", "t.checked_on", "t.checked_by_id", "t.acting_for_id"),
        *("t.plan_attempts", "t.plan_contacts", _RESULTS),
    ),
    personal=("t.remark",),
)
# What was noted of each call; it may be forgotten with its client, and is excused then.
_NOTES = """(
    SELECT string_agg(jsonb_build_array(c.id, c.note)::text, '|' ORDER BY c.id)
      FROM callcenter_call c
     WHERE c.sheet_id = t.id AND c.note IS NOT NULL)"""
_SHEETS_WITH_NOTES = replace(_SHEETS, personal=(*_SHEETS.personal, _NOTES), version=2)


class DaySeal(models.Model):
    """A checked sheet is sealed with results and notes of its calls."""

    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (table.model, table.version): table
            for table in (_SHEETS, _SHEETS_WITH_NOTES)
        }
