from odoo import fields, models

from ...tools.mastery import knowledge, memory


class Mastery(models.Model):
    """What one person knows of one fact now. Written by the engine from answers."""

    _name = "callcenter.mastery"
    _inherit = ["callcenter.guarded.mixin"]
    _description = "Mastery of a Fact"
    _order = "due_at"

    _guarded_fields = ("employee_id", "fact_id", "p_known", "stability", "due_at")

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one("res.users", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, index=True)
    fact_id = fields.Many2one(
        "callcenter.fact", required=True, ondelete="cascade", index=True
    )
    template_id = fields.Many2one(related="fact_id.template_id")
    product_tmpl_id = fields.Many2one(
        related="fact_id.product_tmpl_id", string="Product"
    )
    categ_id = fields.Many2one(related="fact_id.categ_id", string="Product category")
    p_known = fields.Float(
        string="Probability known",
        default=knowledge.PRIOR,
        aggregator="avg",
        help="Bayes' rule with the chance to guess and to slip; exams prove, practice "
        "alone never lifts it above 0.85.",
    )
    state = fields.Integer(default=1)
    step = fields.Integer()
    stability = fields.Float(
        string="Stability, days",
        aggregator="avg",
        help="Days until the chance to remember falls to 90 % (FSRS).",
    )
    difficulty = fields.Float(aggregator="avg")
    due_at = fields.Datetime(string="Due", index=True)
    last_review_at = fields.Datetime(string="Last answer")
    exam_count = fields.Integer(string="Exam answers")
    practice_count = fields.Integer(string="Practice answers")

    _person_fact_uniq = models.UniqueIndex(
        "(employee_id, fact_id)", "A person masters a fact once."
    )

    def _get_card(self):
        """The memory card of this record, see ``tools.memory``."""
        if not self.last_review_at:
            return memory.new_card()
        return {
            "state": self.state,
            "step": self.step if self.state != 2 else None,
            "stability": self.stability or None,
            "difficulty": self.difficulty or None,
            "due_at": self.due_at,
            "last_review_at": self.last_review_at,
        }
