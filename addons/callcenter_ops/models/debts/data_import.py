from odoo import api, models

from .debt_import import DebtImport
from .payment_import import PaymentImport


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    @api.model
    def _get_kinds(self):
        debts = {"debts": DebtImport, "payments": PaymentImport}
        return super()._get_kinds() | debts
