from odoo import fields, models

from ..models.order_source import OrderSource


class WorkstationActualTake(models.TransientModel):
    _inherit = "callcenter.workstation.actual.take"

    with_orders = fields.Boolean(
        string="Confirmed purchase orders",
        help="What no posted bill holds yet; it shrinks as the bills come.",
    )

    def _get_chosen_sources(self):
        chosen = super()._get_chosen_sources()
        return [*chosen, OrderSource.code] if self.with_orders else chosen
