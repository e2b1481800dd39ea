from odoo import api, models

from .pbx_import import PbxImport


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    @api.model
    def _get_kinds(self):
        return super()._get_kinds() | {"pbx": PbxImport}
