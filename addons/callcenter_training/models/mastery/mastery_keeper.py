from odoo import models
from odoo.tools import SQL

from ...tools.mastery import knowledge, memory

_COLUMNS = (
    "state", "step", "stability", "difficulty", "due_at", "last_review_at",
)  # fmt: skip


class MasteryKeeper(models.AbstractModel):
    """Turns answers into mastery, all answers of an attempt in one statement."""

    _name = "callcenter.mastery.keeper"
    _description = "Keeper of Mastery"

    def _learn(self, employee, answers, now, is_exam):
        """Take answers into account.

        :param answers: list of ``(fact, was right, chance to guess)``
        :param now: naive UTC
        """
        model = self.env["callcenter.mastery"]
        facts = {fact.id for fact, _right, _guess in answers}
        if not facts:
            return
        model.flush_model()
        domain = [("employee_id", "=", employee.id), ("fact_id", "in", list(facts))]
        known = {mastery.fact_id.id: mastery for mastery in model.search(domain)}
        rows = [
            self._prepare_row(
                employee, fact, known.get(fact.id, model), right, guess, now, is_exam
            )
            for fact, right, guess in answers
        ]
        self._upsert(rows)
        model.invalidate_model()

    def _prepare_row(self, employee, fact, mastery, was_right, guess, now, is_exam):
        before = mastery.p_known if mastery else knowledge.PRIOR
        update = knowledge.update if is_exam else knowledge.update_practice
        card = memory.review(mastery._get_card(), was_right, now)
        return (
            employee.id,
            employee.user_id.id or None,
            employee.company_id.id,
            fact.id,
            update(before, was_right, guess),
            int(is_exam),
            int(not is_exam),
            *(card[name] for name in _COLUMNS),
        )

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
                        practice_count, %s)
                   VALUES %s
                   ON CONFLICT (employee_id, fact_id) DO UPDATE
                      SET exam_count = m.exam_count + EXCLUDED.exam_count,
                          practice_count = m.practice_count + EXCLUDED.practice_count,
                          %s""",
                columns,
                SQL(", ").join(SQL("%s", row) for row in rows),
                renewed,
            )
        )
