from odoo import api, models
from odoo.addons.callcenter_ops.models.imports.product_import import ProductImport


class CatalogueImport(ProductImport):
    """The trainer keeps the catalogue that the questions are made from."""

    groups = (*ProductImport.groups, "callcenter_training.group_trainer")


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    @api.model
    def _get_kinds(self):
        return super()._get_kinds() | {"products": CatalogueImport}
