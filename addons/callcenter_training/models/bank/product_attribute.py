from odoo import api, fields, models

from .fact_builder import FactBuilder

# Words by which an attribute's role is guessed, in the two languages of the firm.
_ROLE_WORDS = {
    "brand": ("brand", "make", "бренд", "марка", "производитель"),
    "sport": ("sport", "activity", "спорт", "назначение"),
    "size": ("size", "length", "размер", "ростовка", "длина"),
    "colour": ("colour", "color", "цвет", "расцветка"),
    "season": ("season", "сезон"),
    "material": ("material", "fabric", "материал", "состав"),
    "level": ("level", "уровень", "класс"),
    "audience": ("audience", "for whom", "для кого"),
    "guarantee": ("guarantee", "warranty", "гарантия"),
    "care": ("care", "уход"),
}


class ProductAttribute(models.Model):
    _inherit = "product.attribute"

    callcenter_role = fields.Selection(
        [
            ("brand", "Brand"),
            ("sport", "Sport"),
            ("size", "Size"),
            ("colour", "Colour"),
            ("season", "Season"),
            ("material", "Material"),
            ("level", "Level"),
            ("audience", "For whom"),
            ("guarantee", "Guarantee"),
            ("care", "Care"),
            ("other", "Other"),
        ],
        string="Role in questions",
        compute="_compute_callcenter_role",
        store=True,
        readonly=False,
        help="What the attribute tells about a product. Question templates ask by "
        "role, so one template serves every attribute of that kind.",
    )

    @api.depends("name")
    def _compute_callcenter_role(self):
        for attribute in self:
            attribute.callcenter_role = (
                attribute.callcenter_role or attribute._guess_callcenter_role()
            )

    def write(self, vals):
        result = super().write(vals)
        if {"callcenter_role", "active"} & set(vals):
            lines = self.env["product.template.attribute.line"].search(
                [("attribute_id", "in", self.ids)]
            )
            FactBuilder(self.env).refresh_products(
                lines.product_tmpl_id.ids, ["attribute_line_ids"]
            )
        return result

    def _guess_callcenter_role(self):
        name = (self.name or "").casefold()
        for role, words in _ROLE_WORDS.items():
            if any(word in name for word in words):
                return role
        return "other"
