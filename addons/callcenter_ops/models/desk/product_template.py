from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    callcenter_companion_ids = fields.Many2many(
        "product.template",
        "callcenter_product_companion_rel",
        "product_id",
        "companion_id",
        string="Goes with it",
        help="What an operator offers together with it. Without any, its neighbours "
        "in the category are shown.",
    )
