from odoo import api, fields, models

from .client_import import ClientImport


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    kind = fields.Selection(default="clients")

    @api.model
    def _get_kinds(self):
        return {"clients": ClientImport} | super()._get_kinds()
