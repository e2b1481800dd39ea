from odoo import models


class ProductCategory(models.Model):
    _inherit = "product.category"

    def write(self, vals):
        """A category moved in the tree changes what its products' facts say."""
        result = super().write(vals)
        if "parent_id" in vals:
            products = self.env["product.template"].search(
                [("categ_id", "child_of", self.ids)]
            )
            self.env["callcenter.fact.builder"]._refresh_products(products.ids)
        return result
