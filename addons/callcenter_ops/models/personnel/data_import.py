from odoo import api, models

from .staff_import import StaffImport


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    @api.model
    def _get_kinds(self):
        return super()._get_kinds() | {"staff": StaffImport}
