from odoo import api, fields, models

from .fact_builder import FactBuilder

# Names go into the index at once: a list of pending ones, read through at every look,
# would slow the starts of quizzes down for minutes after an import of goods.
# The key is the name as ``tools.options.normalise`` reads it.
_NAME_INDEX = """
CREATE OR REPLACE FUNCTION callcenter_name_key(text) RETURNS text AS $key$
    SELECT replace(lower(btrim(regexp_replace($1, '\\s+', ' ', 'g'))), 'ё', 'е')
$key$ LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE OR REPLACE FUNCTION callcenter_name_keys(jsonb) RETURNS text[] AS $keys$
    SELECT array_agg(DISTINCT replace(
               lower(btrim(regexp_replace(n.value, '\\s+', ' ', 'g'))), 'ё', 'е'))
      FROM jsonb_each_text($1) n
$keys$ LANGUAGE sql IMMUTABLE PARALLEL SAFE;
CREATE INDEX IF NOT EXISTS product_template_callcenter_name_idx
    ON product_template USING gin (callcenter_name_keys(name)) WITH (fastupdate = off);
ALTER INDEX product_template_callcenter_name_idx SET (fastupdate = off);
"""


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

    def init(self):
        """Namesakes are looked up in every language by one index."""
        result = super().init()
        self.env.cr.execute(_NAME_INDEX)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create(vals_list)
        FactBuilder(self.env).refresh_products(products.ids)
        return products

    def write(self, vals):
        result = super().write(vals)
        watched = self.env["callcenter.question.template"]._get_watched_fields()
        if watched & vals.keys():
            FactBuilder(self.env).refresh_products(self.ids, vals.keys())
        return result

    def unlink(self):
        others = self._get_naming_products()
        result = super().unlink()
        FactBuilder(self.env).refresh_products(others.ids)
        return result

    def _get_naming_products(self):
        """Products of which facts may name one of these, as an accessory is named."""
        watched = self.env["callcenter.question.template"]._get_watched_fields()
        # sudo: facts of all companies' products follow the deletion
        every = self.sudo().with_context(active_test=False)
        found = every.browse()
        for name in watched:
            if self._fields[name].comodel_name == self._name:
                found |= every.search([(name, "in", self.ids)])
        return found - self
