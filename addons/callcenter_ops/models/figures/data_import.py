from odoo import api, models

from .exchange_import import ExchangeImport


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    @api.model
    def _get_kinds(self):
        return super()._get_kinds() | {"exchange": ExchangeImport}
