from odoo import models

from .fact_builder import FactBuilder


class ProductCategory(models.Model):
    _inherit = "product.category"

    def write(self, vals):
        """A category moved in the tree changes what its products' facts say."""
        result = super().write(vals)
        if "parent_id" in vals:
            FactBuilder(self.env).refresh_products(self._get_goods().ids)
        return result

    def unlink(self):
        """The database empties the category of its products without a write."""
        products = self._get_goods()
        result = super().unlink()
        FactBuilder(self.env).refresh_products(products.ids)
        return result

    def _get_goods(self):
        # sudo: facts follow whoever changes the tree, whatever products he may see
        products = self.env["product.template"].sudo().with_context(active_test=False)
        return products.search([("categ_id", "child_of", self.ids)])
