from ...tools.bank.short_answer import normalise
from ...tools.quiz import signals
from ...tools.quiz.response import TYPED


class SignalFinder:
    """Looks an attempt over when it closes and leaves signals for a person."""

    def __init__(self, attempt):
        self.env = attempt.env
        self.attempt = attempt

    def find(self):
        """Create the signals of a closed attempt. :return: the signals"""
        attempt = self.attempt
        answered = attempt.item_ids.filtered(lambda item: item.response)
        found = [
            ("fast", signals.fast_answers(answered.mapped("seconds")), False),
            ("focus", signals.focus_losses(attempt.focus_lost_count), False),
            *self._compare(answered),
        ]
        return (
            self.env["callcenter.quiz.signal"]
            ._in_transition()
            .create(
                [
                    {
                        "attempt_id": attempt.id,
                        "kind": kind,
                        "figure": figure,
                        "other_attempt_id": other and other.id,
                    }
                    for kind, figure, other in found
                    if figure
                ]
            )
        )

    def _compare(self, answered):
        """Equal wrong answers of everybody who sat at the same quiz meanwhile."""
        own = self._get_errors(answered)
        if not own:
            return []
        others = self._get_neighbours()
        items = self.env["callcenter.quiz.attempt.item"].search_fetch(
            [("attempt_id", "in", others.ids), ("fraction", "<", 1)],
            ["attempt_id", "fact_id", "question_id", "response", "options", "kind"],
        )
        return [
            ("same", signals.same_errors(own, self._get_errors(group)), other)
            for other, group in items.grouped("attempt_id").items()
        ]

    def _get_neighbours(self):
        attempt = self.attempt
        return self.env["callcenter.quiz.attempt"].search(
            [
                ("quiz_id", "=", attempt.quiz_id.id),
                ("employee_id", "!=", attempt.employee_id.id),
                ("state", "in", ("submitted", "expired")),
                ("started_at", "<", attempt.finished_at),
                ("finished_at", ">", attempt.started_at),
            ],
            limit=50,
        )

    def _get_errors(self, items):
        """``{question: texts chosen}`` of the wrong answers among ``items``."""
        return {
            (item.fact_id.id, item.question_id.id): self._get_texts(item)
            for item in items
            if item.response and item.fraction < 1
        }

    def _get_texts(self, item):
        if item.kind == "short":
            return (normalise(item.response[0]),)
        if item.kind in TYPED:
            return tuple(item.response)
        texts = [item.options[int(place)] for place in item.response]
        return tuple(sorted(texts) if item.kind in ("single", "multiple") else texts)
