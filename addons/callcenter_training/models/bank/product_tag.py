from odoo import api, models

from .fact_builder import FactBuilder


class ProductTag(models.Model):
    _inherit = "product.tag"

    @api.model_create_multi
    def create(self, vals_list):
        tags = super().create(vals_list)
        tags._refresh_facts(tags.product_template_ids)
        return tags

    def write(self, vals):
        before = self.product_template_ids
        result = super().write(vals)
        if "product_template_ids" in vals:
            self._refresh_facts(before | self.product_template_ids)
        return result

    def unlink(self):
        products = self.product_template_ids
        result = super().unlink()
        self.browse()._refresh_facts(products)
        return result

    def _refresh_facts(self, products):
        FactBuilder(self.env).refresh_products(products.ids, ["product_tag_ids"])
