from odoo import fields, models

from ..models.bill_source import BillSource


class WorkstationActualTake(models.TransientModel):
    _inherit = "callcenter.workstation.actual.take"

    with_bills = fields.Boolean(string="Posted vendor bills", default=True)

    def _get_chosen_sources(self):
        chosen = super()._get_chosen_sources()
        return [*chosen, BillSource.code] if self.with_bills else chosen
