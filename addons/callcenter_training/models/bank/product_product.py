from odoo import models

from .fact_builder import FactBuilder


class ProductProduct(models.Model):
    _inherit = "product.product"

    def write(self, vals):
        """The template's own code is recomputed from its variants without a write."""
        result = super().write(vals)
        if {"default_code", "active"} & vals.keys():
            FactBuilder(self.env).refresh_products(
                self.product_tmpl_id.ids, vals.keys()
            )
        return result
