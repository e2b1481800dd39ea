import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...tools.bank import giveaway
from .fact_builder import FactBuilder
from .question import DIFFICULTIES
from .question_maker import QuestionMaker

# A path may only walk through the catalogue: never to people, costs or stock.
PATH_MODELS = {
    "product.template",
    "product.category",
    "product.tag",
    "uom.uom",
    "product.attribute.value",
}
PATH_DENIED = {"standard_price", "seller_ids", "description", "description_purchase"}
FORMATTER_TYPES = {
    "name": {"many2one", "many2many"},
    "span": {"many2many"},
    "money": {"float", "monetary"},
    "price_range": {"float", "monetary"},
    "number": {"float", "integer"},
    "text": {"char"},
    "image": {"binary"},
    "recent": {"date"},
    "flag": {"boolean"},
}
MAX_HOPS = 3
# Fields of a product that decide whether and to whom it is asked about.
_SALE = {"active", "sale_ok", "categ_id", "company_id"}
# Fields of a template that decide what its facts are.
_SHAPING = {
    "source", "field_path", "attribute_role", "formatter", "categ_ids", "company_id",
    "active", "ask",
}  # fmt: skip


class QuestionTemplate(models.Model):
    """What can be asked about every product of the assortment, declared not coded.

    A template is a field path from a list of allowed models and a formatter from a
    list; nothing in it is ever evaluated.
    """

    _name = "callcenter.question.template"
    _description = "Question Template"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.user._get_callcenter_own_company(),
    )
    source = fields.Selection(
        [("field", "Field of the product"), ("attribute", "Attribute of the product")],
        default="field",
        required=True,
    )
    field_path = fields.Char(
        tracking=True,
        help="Names of fields joined by dots, starting at the product: "
        "list_price, categ_id, categ_id.parent_id, product_tag_ids.",
    )
    attribute_role = fields.Selection(
        lambda self: self.env["product.attribute"]._fields["callcenter_role"].selection,
        help="Empty: every attribute the product has.",
    )
    formatter = fields.Selection(
        [
            ("name", "Name"),
            ("span", "From first to last"),
            ("money", "Money"),
            ("price_range", "Price range"),
            ("number", "Number"),
            ("text", "Text as it is"),
            ("image", "Picture"),
            ("recent", "New this season"),
            ("flag", "Yes or no"),
        ],
        required=True,
        default="name",
        tracking=True,
    )
    ask = fields.Selection(
        [
            ("value", "The value, by the product"),
            ("product", "The product, by the value"),
            ("cheapest", "Which has the smallest value"),
            ("number", "The value, typed as a number"),
        ],
        required=True,
        default="value",
        tracking=True,
    )
    stem = fields.Char(
        required=True,
        translate=True,
        tracking=True,
        help="The text of the question. {product}, {value} and {attribute} are "
        "replaced by what is asked about.",
    )
    exam_stem = fields.Char(
        string="Wording in exams",
        translate=True,
        tracking=True,
        help="Other words for the same question, so that nobody learns the text "
        "instead of the product. Empty: as in practice.",
    )
    tolerance_percent = fields.Float(
        default=5.0, help="How far a typed number may be off, in percent."
    )
    categ_ids = fields.Many2many(
        "product.category",
        string="Product categories",
        help="Empty: the whole assortment.",
    )
    weight = fields.Float(default=1.0, required=True, tracking=True)
    difficulty = fields.Selection(
        DIFFICULTIES,
        default="medium",
        required=True,
        help="What to expect until 30 people have answered; then their answers count.",
    )
    is_critical = fields.Boolean(
        string="Critical",
        tracking=True,
        help="A wrong answer fails the attempt whatever the mark.",
    )
    fact_ids = fields.One2many("callcenter.fact", "template_id")
    problem = fields.Char(
        readonly=True, copy=False, help="Why the template asks nothing at present."
    )
    fact_count = fields.Integer(compute="_compute_fact_figures", string="Can be asked")
    value_count = fields.Integer(
        compute="_compute_fact_figures", string="Different values"
    )
    silent_count = fields.Integer(compute="_compute_silence", string="Not asked")
    silence = fields.Text(compute="_compute_silence", string="Why some are not asked")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    _code_uniq = models.Constraint("UNIQUE(code)", "The code is used already.")
    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "The weight must be more than zero."
    )
    _tolerance_range = models.Constraint(
        "CHECK(tolerance_percent >= 0 AND tolerance_percent <= 50)",
        "The tolerance lies between 0 and 50 percent.",
    )

    @api.depends("fact_ids.active", "fact_ids.is_askable")
    def _compute_fact_figures(self):
        rows = self.env["callcenter.fact"]._read_group(
            [("template_id", "in", self.ids), ("is_askable", "=", True)],
            ["template_id"],
            ["__count", "value_hash:count_distinct"],
        )
        figures = {template.id: (count, values) for template, count, values in rows}
        for template in self:
            count, values = figures.get(template.id, (0, 0))
            template.fact_count, template.value_count = count, values

    @api.depends_context("lang")
    @api.depends("fact_ids.fault")
    def _compute_silence(self):
        rows = self.env["callcenter.fact"]._read_group(
            [("template_id", "in", self.ids), ("fault", "!=", False)],
            ["template_id", "fault"],
            ["__count"],
        )
        described = self.env["callcenter.fact"]._fields["fault"]
        words = dict(described._description_selection(self.env))
        for template in self:
            own = [row[1:] for row in rows if row[0] == template._origin]
            template.silent_count = sum(count for _fault, count in own)
            template.silence = "\n".join(f"{words[f]}: {count}" for f, count in own)

    @api.depends_context("lang", "uid")
    @api.depends("stem", "ask", "formatter", "field_path", "source", "attribute_role")
    def _compute_preview(self):
        maker = QuestionMaker(self.env)
        for template in self:
            template.preview = maker.preview(template._origin)

    @api.constrains("source", "field_path", "formatter", "ask")
    def _check_field_path(self):
        for template in self:
            problem = template._get_path_problem()
            if problem:
                raise ValidationError(problem)

    @api.constrains("stem", "exam_stem", "ask", "formatter")
    def _check_stem(self):
        for template in self:
            for stem in filter(None, (template.stem, template.exam_stem)):
                problem = template._get_stem_problem(stem)
                if problem:
                    raise ValidationError(problem)

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        self.env.registry.clear_cache()
        FactBuilder(self.env).rebuild(templates | self._get_catch_alls())
        return templates

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & _SHAPING:
            self.env.registry.clear_cache()
            FactBuilder(self.env).rebuild(self | self._get_catch_alls())
        return result

    def _get_catch_alls(self):
        """Templates of every attribute that no other asks: these may ask one more."""
        if not any(template.attribute_role for template in self):
            return self.browse()
        return self.search(
            [("source", "=", "attribute"), ("attribute_role", "=", False)]
        )

    def action_rebuild(self):
        """Bring the facts up to date with the catalogue."""
        self.check_access("write")
        FactBuilder(self.env).rebuild(self)

    def action_open_facts(self):
        """Open the facts that this template holds."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_training.fact_action"
        )
        return action | {
            "domain": [("template_id", "=", self.id)],
            "context": {"search_default_active_facts": 1},
        }

    @api.model
    @tools.ormcache()
    def _get_watched_fields(self):
        """Fields of a product whose change may change a fact."""
        watched = frozenset(self._get_ids_by_field())
        return watched | {"attribute_line_ids", "name"} | _SALE

    @api.model
    @tools.ormcache()
    def _get_ids_by_field(self):
        """``{field of a product: ids of the templates that read it}``."""
        found = {}
        # sudo: asked for whoever edits a product; most may not read templates
        for template in self.sudo().search([("active", "=", True)]):
            if not template._get_path_problem():
                path = template.source == "field" and template.field_path
                root = (path or "attribute_line_ids").split(".")[0]
                found.setdefault(root, []).append(template.id)
        return found

    @api.model
    def _get_concerned(self, changed=None):
        """Templates in force that read one of ``changed``; None: all of them."""
        by_field = self._get_ids_by_field()
        if changed is None or _SALE & set(changed):
            changed = by_field
        ids = [id_ for name in changed for id_ in by_field.get(name, ())]
        return self.browse(ids).exists()

    def _get_path_fields(self):
        """The fields along the path; empty when a name no longer exists."""
        model, found = self.env["product.template"], []
        for name in (self.field_path or "").split("."):
            field = model._fields.get(name) if model is not None else None
            if field is None:
                return []
            found.append(field)
            model = self.env[field.comodel_name] if field.comodel_name else None
        return found

    def _get_namer(self):
        """A function ``(name, code, truths)``: the product as questions name it, or
        None, see ``giveaway.name_product``."""
        is_category = self._get_value_model() == "product.category"
        shows_code = self.field_path != "default_code"
        return lambda name, code, truths: giveaway.name_product(
            name, code if shows_code else None, truths, may_hide=not is_category
        )

    def _get_value_model(self):
        """Name of the model of which a value names records; None of other values."""
        if self.source == "attribute":
            return "product.attribute.value"
        return self._get_path_fields()[-1].comodel_name

    def _get_path_problem(self):
        """Why the path cannot be asked, in words; False when it can."""
        if self.source == "attribute":
            if self.formatter in ("name", "span"):
                return False
            return self.env._("An attribute is shown by its name or as a span.")
        path = self._get_path_fields()
        if not path:
            return self.env._(
                "“%(path)s” is no field of a product.", path=self.field_path or ""
            )
        if len(path) > MAX_HOPS or any(not self._is_allowed(field) for field in path):
            return self.env._(
                "“%(path)s” may not be asked: only stored, public fields of the "
                "product, its category, tags and units can be.",
                path=self.field_path,
            )
        if any(field.type != "many2one" for field in path[:-1]):
            return self.env._("Only the last field of a path may hold several values.")
        if path[-1].type not in FORMATTER_TYPES[self.formatter]:
            return self.env._(
                "“%(path)s” cannot be shown as chosen.", path=self.field_path
            )
        return False

    def _is_allowed(self, field):
        stored = field.store and (field.column_type or field.type == "many2many")
        picture = field.model_name == "product.template" and field.name == "image_1920"
        return (
            (stored or picture)
            and not field.groups
            and not field.company_dependent
            and field.name not in PATH_DENIED
            and field.model_name in PATH_MODELS
            and (not field.comodel_name or field.comodel_name in PATH_MODELS)
        )

    def _get_stem_problem(self, stem):
        used = set(re.findall(r"\{([^{}]*)\}", stem))
        unknown = used - {"product", "value", "attribute"}
        if unknown:
            return self.env._(
                "Unknown placeholder {%(name)s}: use {product}, {value} or "
                "{attribute}.",
                name=min(unknown),
            )
        if self.ask in ("value", "number") and "product" not in used:
            return self.env._("The question must name the {product}.")
        if self.ask == "number" and self.formatter not in ("money", "number"):
            return self.env._("Only money and numbers can be typed.")
        return self._get_reverse_problem(used)

    def _get_reverse_problem(self, used):
        silent = ("image", "recent", "flag")
        if self.ask == "product" and not ("value" in used or self.formatter in silent):
            return self.env._("The question must name the {value}.")
        if self.ask == "cheapest" and self.formatter not in ("money", "number"):
            return self.env._("Only money and numbers can be compared.")
        if self.ask == "value" and self.formatter in silent:
            return self.env._(
                "A picture, a novelty or a yes-or-no is asked by the product."
            )
        return False
