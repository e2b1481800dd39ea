from odoo import api, models

from .order_source import OrderSource


class WorkstationActual(models.Model):
    _inherit = "callcenter.workstation.actual"

    @api.model
    def _get_expense_sources(self):
        return super()._get_expense_sources() | {OrderSource.code: OrderSource}
