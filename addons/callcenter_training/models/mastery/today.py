from odoo import api, models
from odoo.addons.callcenter_ops.models.common.today import MOST_LINES


class Today(models.AbstractModel):
    """New goods that nobody knows yet."""

    _inherit = "callcenter.today"

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "trainer":
            lines += [
                self._prepare_product_line(product)
                for product in self._get_unknown_products()[:MOST_LINES]
            ]
        return lines

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "trainer":
            products = self._get_unknown_products()
            label = self.env._("New goods nobody knows")
            action = self._open_gaps(label, products)
            counts.append(self._prepare_count("gaps", label, len(products), action))
        return counts

    @api.model
    def _get_unknown_products(self):
        """Those of the novelty period of which no operator answers anything rightly."""
        gaps = self.env["callcenter.knowledge.gap"]
        rows = gaps._read_group([], ["product_tmpl_id"], ["known_count:sum"])
        unknown = [product.id for product, known in rows if not known]
        products = self.env["product.template"].browse(unknown)
        return products.sorted("callcenter_launch_date", reverse=True)

    @api.model
    def _prepare_product_line(self, product):
        see = self.env._("Who was asked")
        title = product.name
        return self._prepare_line(
            product,
            title,
            self.env._("New on sale, nobody knows it yet"),
            False,
            [self._prepare_step(see, self._open_gaps(title, product))],
            action=self._open_gaps(title, product),
        )

    @api.model
    def _open_gaps(self, name, products):
        domain = [("product_tmpl_id", "in", products.ids)]
        return self._open_list(name, "callcenter.knowledge.gap", domain, ("list",))
