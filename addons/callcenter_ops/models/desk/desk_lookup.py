from odoo import api, models
from odoo.fields import Domain

PRODUCT_LIMIT = 20


class DeskLookup(models.AbstractModel):
    """What an operator looks up at the desk."""

    _name = "callcenter.desk.lookup"
    _inherit = ["callcenter.desk.access"]
    _description = "Look-ups of the desk"

    @api.model
    def search_products(self, query):
        """At most twenty products by name, number or barcode, with prices."""
        self._get_operator()
        query = str(query or "").strip()
        if not query:
            return []
        domain = Domain("sale_ok", "=", True) & Domain.OR(
            Domain(name, "ilike", query) for name in ("name", "default_code", "barcode")
        )
        # The article code stands beside the name already.
        products = self.env["product.product"].with_context(display_default_code=False)
        products = products.search(domain, limit=PRODUCT_LIMIT)
        return [
            {
                "id": product.id,
                "name": product.display_name,
                "default_code": product.default_code or "",
                "list_price": product.lst_price,
                "currency": product.currency_id.symbol,
                "category": product.categ_id.name or "",
            }
            for product in products
        ]
