from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.mastery import knowledge
from ..quiz.exam_reserve import ExamReserve


class PracticeScope:
    """What the practice of one task asks: nothing exams keep, nothing answered yet.

    :param task: ``callcenter.training.task`` of kind practice, in superuser mode
    """

    def __init__(self, task):
        self.task, self.env = task, task.env
        self.reserve = ExamReserve(self.env, task.company_id)

    def count(self):
        """How many different facts and questions are left to ask."""
        return len(self._query_facts()) + len(self._find_questions())

    def get_facts(self, limit=12):
        """``callcenter.fact`` left to ask, the least known first."""
        return self.env["callcenter.fact"].browse(self._query_facts(limit=limit))

    def get_questions(self):
        """``callcenter.question`` left to ask."""
        return self._find_questions()

    def holds(self, card):
        """Whether what the card asks is left to be answered rightly."""
        if card.fact_id:
            return bool(self._query_facts(SQL("f.id = %s", card.fact_id.id)))
        return bool(self._find_questions(Domain("id", "=", card.question_id.id)))

    def _query_facts(self, only=None, limit=None):
        subject = self._get_subject()
        if subject is None:
            return []
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT f.id FROM callcenter_fact f
                     LEFT JOIN callcenter_mastery m ON m.fact_id = f.id
                          AND m.employee_id = %(employee)s
                    WHERE f.active AND f.is_askable AND NOT %(withheld)s
                      AND (f.company_id IS NULL OR f.company_id = %(company)s)
                      AND %(subject)s AND %(only)s
                      AND NOT EXISTS (SELECT 1 FROM callcenter_practice_card c
                           WHERE c.fact_id = f.id AND c.employee_id = %(employee)s
                             AND c.was_right AND c.answered_at >= %(since)s)
                    ORDER BY COALESCE(m.p_known, %(prior)s), f.draw_key
                    LIMIT %(limit)s""",
                employee=self.task.employee_id.id,
                company=self.task.company_id.id,
                withheld=self.reserve.is_withheld(),
                subject=subject,
                only=only or SQL("TRUE"),
                since=self.task.assigned_at,
                prior=knowledge.PRIOR,
                limit=limit,
            )
        )
        return [id_ for (id_,) in rows]

    def _get_subject(self):
        """Condition on facts ``f`` and mastery ``m``; None: no facts are asked."""
        task = self.task
        if task.scope == "weak":
            return SQL("m.p_known < %s", knowledge.KNOWN)
        if task.scope == "products":
            return SQL("f.product_tmpl_id = ANY(%s)", task.product_tmpl_ids.ids)
        if task.scope == "category":
            below = self.env["product.category"].search(
                [("id", "child_of", task.categ_id.ids)]
            )
            return SQL("f.categ_id = ANY(%s)", below.ids)
        goods = self.env.ref("callcenter_ops.topic_assortment", False)
        return SQL("TRUE") if task.topic_id == goods else None

    def _find_questions(self, only=Domain.TRUE):
        questions = self.env["callcenter.question"]
        if self.task.scope != "topic":
            return questions
        answered = self.env["callcenter.practice.card"].search(
            [
                ("employee_id", "=", self.task.employee_id.id),
                ("question_id", "!=", False),
                ("was_right", "=", True),
                ("answered_at", ">=", self.task.assigned_at),
            ]
        )
        asked = Domain("topic_id", "=", self.task.topic_id.id)
        asked &= Domain("state", "=", "ready") & Domain("kind", "!=", "case")
        asked &= Domain("company_id", "in", [False, self.task.company_id.id])
        asked &= Domain("id", "not in", answered.question_id.ids)
        return questions.search(only & asked & self.reserve.get_practised_domain())
