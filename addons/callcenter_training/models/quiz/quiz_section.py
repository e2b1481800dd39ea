from odoo import fields, models
from odoo.tools import SQL


class QuizSection(models.Model):
    _name = "callcenter.quiz.section"
    _description = "Section of a Quiz"
    _order = "quiz_id, sequence, id"

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

    _count_range = models.Constraint(
        "CHECK(question_count > 0 AND question_count <= 200)",
        "A section asks between 1 and 200 questions.",
    )
    _pass_range = models.Constraint(
        "CHECK(pass_percent >= 0 AND pass_percent <= 100)",
        "The pass mark lies between 0 and 100 percent.",
    )

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
