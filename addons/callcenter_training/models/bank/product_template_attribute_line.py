from odoo import api, models

from .fact_builder import FactBuilder


class ProductTemplateAttributeLine(models.Model):
    _inherit = "product.template.attribute.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._refresh_facts()
        return lines

    def write(self, vals):
        before = self.product_tmpl_id
        result = super().write(vals)
        self.exists()._refresh_facts(before)
        return result

    def unlink(self):
        products = self.product_tmpl_id
        result = super().unlink()
        self.browse()._refresh_facts(products)
        return result

    def _refresh_facts(self, products=None):
        products = self.product_tmpl_id | (products or self.product_tmpl_id)
        FactBuilder(self.env).refresh_products(
            products.exists().ids, ["attribute_line_ids"]
        )
