from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.mastery import knowledge, memory

# What the memory model keeps, see ``tools.memory``.
_COLUMNS = (
    "state", "step", "stability", "difficulty", "due_at", "last_review_at",
)  # fmt: skip


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
        help="Bayes' rule with the chance to guess and to slip. Exams prove, and so "
        "does what practice finds remembered on another day; one sitting of practice "
        "never lifts it above 0.85.",
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
    exam_right = fields.Integer(string="Exam answers right")
    practice_count = fields.Integer(string="Practice answers")

    _person_fact_uniq = models.UniqueIndex(
        "(employee_id, fact_id)", "A person masters a fact once."
    )

    @api.model
    def _learn(self, employee, answers, now, is_exam):
        """Take answers into account, all of an attempt in one statement.

        :param answers: list of ``(fact, was right, chance to guess)``
        :param now: naive UTC
        """
        facts = {fact.id for fact, _right, _guess in answers}
        if not facts:
            return
        self.flush_model()
        domain = [("employee_id", "=", employee.id), ("fact_id", "in", list(facts))]
        known = {mastery.fact_id.id: mastery for mastery in self.search(domain)}
        rows = [
            known.get(fact.id, self.browse())._prepare_row(
                employee, fact, right, guess, now, is_exam
            )
            for fact, right, guess in answers
        ]
        self._upsert(rows)
        self.invalidate_model()

    def _prepare_row(self, employee, fact, was_right, guess, now, is_exam):
        before = self.p_known if self else knowledge.PRIOR
        proves = is_exam or self._is_of_another_day(now)
        update = knowledge.update if proves else knowledge.update_practice
        card = memory.review(self._get_card(), was_right, now)
        return (
            employee.id,
            employee.user_id.id or None,
            employee.company_id.id,
            fact.id,
            update(before, was_right, guess),
            int(is_exam),
            int(is_exam and was_right),
            int(not is_exam),
            *(card[name] for name in _COLUMNS),
        )

    def _is_of_another_day(self, now):
        """Whether what is answered now was learnt, and at least a day ago."""
        learnt = self.state == memory.REVIEW and self.last_review_at
        return bool(learnt and fields.Datetime.subtract(now, days=1) >= learnt)

    def _upsert(self, rows):
        columns = SQL(", ").join(SQL.identifier(name) for name in _COLUMNS)
        renewed = SQL(", ").join(
            SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
            for name in ("p_known", "user_id", *_COLUMNS)
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO callcenter_mastery AS m
                       (employee_id, user_id, company_id, fact_id, p_known, exam_count,
                        exam_right, practice_count, %s)
                   VALUES %s
                   ON CONFLICT (employee_id, fact_id) DO UPDATE
                      SET exam_count = m.exam_count + EXCLUDED.exam_count,
                          exam_right = COALESCE(m.exam_right, 0) + EXCLUDED.exam_right,
                          practice_count = m.practice_count + EXCLUDED.practice_count,
                          %s""",
                columns,
                SQL(", ").join(SQL("%s", row) for row in rows),
                renewed,
            )
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
