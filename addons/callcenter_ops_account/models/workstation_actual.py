from odoo import api, models

from .bill_source import BillSource


class WorkstationActual(models.Model):
    _inherit = "callcenter.workstation.actual"

    @api.model
    def _get_expense_sources(self):
        return super()._get_expense_sources() | {BillSource.code: BillSource}
