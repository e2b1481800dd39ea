from odoo import models

from ...tools.quiz import signals


class QuizAttempt(models.Model):
    _inherit = "callcenter.quiz.attempt"

    def _after_close(self):
        """What was answered in an exam is evidence of what is known."""
        result = super()._after_close()
        for attempt in self:
            attempt._signal_learnt()
            answers = [
                (item.fact_id, item.fraction == 1, item.guess)
                for item in attempt.item_ids
                if item.fact_id and item.answered_at
            ]
            self.env["callcenter.mastery"]._learn(
                attempt.employee_id, answers, attempt.finished_at, is_exam=True
            )
            self.env["callcenter.training.task"]._settle_open(
                attempt.employee_id, "quiz"
            )
        return result

    def _signal_learnt(self):
        """Leave a signal when the answers know what practice showed and no more."""
        facts, questions = self._get_practised()
        figure = signals.learnt_answers(
            (
                item.fraction == 1,
                item.seconds,
                item.fact_id.id in facts or item.question_id.id in questions,
            )
            for item in self.item_ids
            if item.response
        )
        if figure:
            self.env["callcenter.quiz.signal"]._in_transition().create(
                {"attempt_id": self.id, "kind": "learnt", "figure": figure}
            )

    def _get_practised(self):
        """``(ids of facts, ids of questions)`` whose answers practice told him."""
        cards = self.env["callcenter.practice.card"].search_fetch(
            [
                ("employee_id", "=", self.employee_id.id),
                ("answered_at", "<", self.started_at),
            ],
            ["fact_id", "question_id"],
        )
        return set(cards.fact_id.ids), set(cards.question_id.ids)
