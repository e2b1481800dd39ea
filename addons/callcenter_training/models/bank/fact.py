from odoo import api, fields, models

from .fact_builder import FactBuilder


class Fact(models.Model):
    """One truth about one product, in versions: changed values make a new row.

    Written by ``FactBuilder`` alone; nobody edits a fact, so nobody is
    noted as its author.
    """

    _name = "callcenter.fact"
    _description = "Fact about a Product"
    _log_access = False
    _order = "product_tmpl_id, template_id, version desc"

    template_id = fields.Many2one(
        "callcenter.question.template", required=True, ondelete="restrict", index=True
    )
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", required=True, ondelete="cascade", index=1
    )
    attribute_id = fields.Many2one(
        "product.attribute", ondelete="cascade", index="btree_not_null"
    )
    # Asked at each of the hundred thousand facts of a build; the builder follows the
    # product, whose own keys guard the values.
    categ_id = fields.Many2one("product.category", string="Product category")
    company_id = fields.Many2one("res.company", index="btree_not_null")
    kind = fields.Char(
        help="The word that says what the product is: options are of one kind."
    )
    value = fields.Text(
        required=True, help="The value in a form that no language changes."
    )
    value_hash = fields.Char(required=True)
    num_value = fields.Float()
    version = fields.Integer(required=True, default=1)
    active = fields.Boolean(default=True)
    is_askable = fields.Boolean(string="Can be asked", default=True)
    fault = fields.Selection(
        [
            ("given_away", "The name of the product gives the answer away"),
            ("same", "Nothing else of its kind to choose from"),
        ],
        string="Why it is not asked",
    )
    asked_count = fields.Integer(string="Times asked", default=0)
    draw_key = fields.Float(
        help="Times asked plus a random share: the least asked come first."
    )
    create_date = fields.Datetime(string="In force since", default=fields.Datetime.now)
    retired_at = fields.Datetime()

    _version_uniq = models.UniqueIndex(
        "(template_id, product_tmpl_id, COALESCE(attribute_id, 0), version)",
        "This version of the fact exists already.",
    )
    _active_uniq = models.UniqueIndex(
        "(template_id, product_tmpl_id, COALESCE(attribute_id, 0)) WHERE active",
        "A fact has one version in force.",
    )
    _draw_idx = models.Index("(template_id, draw_key) WHERE active")
    _practice_idx = models.Index("(draw_key) WHERE active AND is_askable")
    _sibling_idx = models.Index("(template_id, categ_id, draw_key) WHERE active")
    _fault_idx = models.Index("(template_id, categ_id) WHERE active AND fault = 'same'")

    @api.depends_context("lang")
    @api.depends("template_id.name", "product_tmpl_id.name")
    def _compute_display_name(self):
        for fact in self:
            fact.display_name = f"{fact.template_id.name}: {fact.product_tmpl_id.name}"

    @api.model
    def _cron_rebuild(self):
        """Nightly: whatever no write tells about (novelty runs out, units renamed)."""
        templates = self.env["callcenter.question.template"]
        FactBuilder(self.env).rebuild(templates.search([("active", "=", True)]))
