from odoo import api, fields, models
from odoo.tools import SQL

from .exam_reserve import ExamReserve

# What decides how much of the bank a section draws from.
_SCOPE = {
    "source", "template_ids", "categ_ids", "topic_ids", "question_count", "quiz_id",
}  # fmt: skip


class QuizSection(models.Model):
    _name = "callcenter.quiz.section"
    _inherit = ["callcenter.guarded.mixin"]
    _description = "Section of a Quiz"
    _order = "quiz_id, sequence, id"

    _guarded_fields = ("holds_reserve",)

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    quiz_id = fields.Many2one(
        "callcenter.quiz", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="quiz_id.company_id", store=True, index=True)
    source = fields.Selection(
        [("facts", "The assortment"), ("questions", "Written questions")],
        string="Questions from",
        default="facts",
        required=True,
    )
    template_ids = fields.Many2many(
        "callcenter.question.template",
        string="Question templates",
        help="Empty: all templates in turn.",
    )
    categ_ids = fields.Many2many(
        "product.category",
        string="Product categories",
        help="Empty: the whole assortment.",
    )
    topic_ids = fields.Many2many(
        "callcenter.topic", string="Topics", help="Empty: all topics."
    )
    question_count = fields.Integer(string="Questions", default=5, required=True)
    pass_percent = fields.Float(
        string="Own pass mark, %", help="0: only the mark over all counts."
    )
    is_critical = fields.Boolean(
        string="Critical",
        help="A single wrong answer in this section fails the attempt.",
    )
    holds_reserve = fields.Boolean(
        readonly=True,
        copy=False,
        help="Whether a share of each attempt is kept from practice.",
    )

    _count_range = models.Constraint(
        "CHECK(question_count > 0 AND question_count <= 200)",
        "A section asks between 1 and 200 questions.",
    )
    _pass_range = models.Constraint(
        "CHECK(pass_percent >= 0 AND pass_percent <= 100)",
        "The pass mark lies between 0 and 100 percent.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        sections = super().create(vals_list)
        sections._measure_reserve()
        sections.quiz_id._check_still_fillable()
        return sections

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & _SCOPE:
            self._measure_reserve()
            self.quiz_id._check_still_fillable()
        return result

    def _measure_reserve(self):
        """See which sections have a bank that is large enough to keep a reserve."""
        # sudo: whoever changes the bank or a quiz; only a yes or no comes of it
        for section in self.sudo():
            holds = ExamReserve(section.env, section.company_id).holds(section)
            if section.holds_reserve != holds:
                section._transition({"holds_reserve": holds})

    def _get_question_domain(self):
        """Written questions that the section may ask."""
        self.ensure_one()
        domain = [
            ("state", "=", "ready"),
            ("parent_id", "=", False),
            ("company_id", "in", [False, self.quiz_id.company_id.id]),
        ]
        if self.topic_ids:
            domain.append(("topic_id", "in", self.topic_ids.ids))
        return domain

    def _get_fact_scope(self):
        """Condition on facts ``f``: of the quiz's company, on the section's goods."""
        self.ensure_one()
        company = self.quiz_id.company_id
        scope = SQL("(f.company_id IS NULL OR f.company_id = %s)", company.id)
        if not self.categ_ids:
            return scope
        categories = self.env["product.category"].search(
            [("id", "child_of", self.categ_ids.ids)]
        )
        return SQL("%s AND f.categ_id = ANY(%s)", scope, categories.ids)
