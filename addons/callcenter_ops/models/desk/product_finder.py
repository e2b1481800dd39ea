from odoo.fields import Domain

PRODUCT_LIMIT = 20
_WORDS_LIMIT = 8
_COMPANIONS_LIMIT = 6
_SEARCHED = (
    "name",
    "default_code",
    "barcode",
    "categ_id.name",
    "product_tmpl_id.attribute_line_ids.attribute_id.name",
    "product_tmpl_id.attribute_line_ids.value_ids.name",
)


class ProductFinder:
    """The assortment in a conversation: found by any characteristic, never its cost.

    :param env: of the operator
    """

    def __init__(self, env):
        # The article code stands beside the name already.
        products = env["product.product"].with_context(display_default_code=False)
        self.env, self.products = env, products

    def search(self, query):
        """At most twenty products in which each word of ``query`` is found."""
        words = str(query or "").split()[:_WORDS_LIMIT]
        if not words:
            return []
        domain = Domain("sale_ok", "=", True) & Domain.AND(
            Domain.OR(Domain(name, "ilike", word) for name in _SEARCHED)
            for word in words
        )
        found = self.products.search(domain, limit=PRODUCT_LIMIT)
        return [self._get_line(product) for product in found]

    def get_card(self, product_id):
        """What is said of one product: characteristics, stock, price, companions.

        :return: as of a search, with ``characteristics`` (pairs), ``stock`` (False
            where no stock is kept), ``unit``, ``talk``, ``companions``
        """
        product = self.products.browse(product_id).exists()
        if not product.filtered("sale_ok"):
            return False
        return self._get_line(product) | {
            "characteristics": self._get_characteristics(product),
            "stock": self._get_stock(product),
            "unit": product.uom_id.name,
            "talk": product.description_sale or "",
            "companions": [
                self._get_line(one) for one in self._get_companions(product)
            ],
        }

    def _get_line(self, product):
        return {
            "id": product.id,
            "name": product.display_name,
            "default_code": product.default_code or "",
            "list_price": product.lst_price,
            "currency": product.currency_id.symbol,
            "category": product.categ_id.name or "",
        }

    def _get_characteristics(self, product):
        lines = product.product_tmpl_id.attribute_line_ids
        pairs = [
            [line.attribute_id.name, ", ".join(line.value_ids.mapped("name"))]
            for line in lines
        ]
        if product.weight:
            pairs.append(
                [self.env._("Weight"), f"{product.weight:g} {product.weight_uom_name}"]
            )
        return pairs

    def _get_stock(self, product):
        """The quantity at hand, where an app of stock keeps it."""
        if "qty_available" not in product._fields:
            return False
        # sudo: how much there is may be told; operators have no other right on stock
        return product.sudo().qty_available

    def _get_companions(self, product):
        """What goes with it: named on its card, or else its neighbours."""
        named = product.callcenter_companion_ids.product_variant_id
        if named:
            return named.filtered("sale_ok")[:_COMPANIONS_LIMIT]
        same = Domain("categ_id", "=", product.categ_id.id) & Domain(
            "sale_ok", "=", True
        )
        return self.products.search(
            same & Domain("id", "!=", product.id), limit=_COMPANIONS_LIMIT
        )
