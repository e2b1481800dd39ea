from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    callcenter_launch_date = fields.Date(
        string="On sale since",
        help="A product counts as new for the novelty period after this day.",
    )
    callcenter_replaces_id = fields.Many2one(
        "product.template",
        string="Replaces",
        index="btree_not_null",
        help="The product this one came to replace in the assortment.",
    )
    callcenter_accessory_ids = fields.Many2many(
        "product.template",
        "callcenter_product_accessory_rel",
        "product_tmpl_id",
        "accessory_id",
        string="Goes with",
        help="What the operator should offer together with this product.",
    )
    callcenter_fact_ids = fields.One2many(
        "callcenter.fact",
        "product_tmpl_id",
        groups="callcenter_training.group_trainer",
    )

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        self.env["callcenter.fact.builder"]._refresh_products(products.ids)
        return products

    def write(self, vals):
        result = super().write(vals)
        watched = self.env["callcenter.question.template"]._get_watched_fields()
        if watched & vals.keys():
            self.env["callcenter.fact.builder"]._refresh_products(self.ids)
        return result
