from odoo import api, models

from ..common.sealed_table import SealedTable

_ORDERS = SealedTable(
    model="callcenter.personnel.order",
    source="callcenter_personnel_order t",
    moment="t.signed_on",
    columns=(
        *("t.name", "t.number", "t.year", "t.order_type", "t.company_id"),
        *("t.employee_id", "t.job_id", "t.department_id", "t.date_order"),
        *("t.date_effective", "t.date_end", "t.basis", "t.note", "t.wage"),
        *("t.trial_months", "t.dismissal_ground_id", "t.successor_id"),
        *("t.absent_employee_id", "t.cancelled_order_id", "t.contract_number"),
        *("t.new_name", "t.is_head"),
        *("t.contract_date", "t.signed_by_id", "t.signed_for_id", "t.signed_on"),
    ),
)


class DaySeal(models.Model):
    _inherit = "callcenter.day.seal"

    @api.model
    def _get_sealed_tables(self):
        return super()._get_sealed_tables() | {
            (_ORDERS.model, _ORDERS.version): _ORDERS
        }
