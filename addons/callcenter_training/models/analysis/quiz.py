from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.analysis import item_statistics


class Quiz(models.Model):
    _inherit = "callcenter.quiz"

    stat_count = fields.Integer(
        compute="_compute_dependability", string="First attempts"
    )
    phi_lambda = fields.Float(
        compute="_compute_dependability",
        string="Phi(λ)",
        digits=(4, 3),
        help="How surely the quiz tells passed from not passed: 0 by chance, 1 for "
        "certain. For questions drawn at random, at this pass mark.",
    )
    mark_error = fields.Float(
        compute="_compute_dependability",
        string="Error of a mark, ±",
        digits=(4, 1),
        help="Standard error of measurement in points of percent.",
    )

    @api.depends("attempt_ids.state", "pass_percent")
    def _compute_dependability(self):
        persons = self._get_first_attempts()
        for quiz in self:
            rows = persons.get(quiz.id, [])
            phi, error = item_statistics.dependability(rows, quiz.pass_percent / 100)
            quiz.stat_count = len(rows)
            quiz.phi_lambda = phi or 0.0
            quiz.mark_error = 100 * (error or 0.0)

    def _get_first_attempts(self):
        """``{quiz_id: [(share right, questions), ...]}`` of everybody's first try."""
        if not self.ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (quiz_id, employee_id) quiz_id,
                          percent / 100, question_count
                     FROM callcenter_quiz_attempt
                    WHERE quiz_id = ANY(%s) AND kind = 'exam'
                      AND state IN ('submitted', 'expired')
                    ORDER BY quiz_id, employee_id, started_at, id""",
                self.ids,
            )
        )
        found = {}
        for quiz_id, share, count in rows:
            found.setdefault(quiz_id, []).append((share, count))
        return found
