import random
import secrets

from odoo.exceptions import UserError

from .fact_draw import FactDraw
from .question_draw import QuestionDraw

# Where a section's questions come from: who draws them, and what was asked before.
_SOURCES = {
    "facts": (FactDraw, "fact_id"),
    "questions": (QuestionDraw, "question_id"),
}


class QuizDraw:
    """Fills a new attempt by its sections' quotas and freezes what was drawn."""

    def __init__(self, attempt):
        self.env = attempt.env
        self.attempt = attempt
        self.sections = self._get_sections()

    def fill(self):
        """Freeze the questions of a new attempt or refuse it in words."""
        made = self.draw_sections()
        drawn = [
            question | {"section_key": key, "section_id": section.id}
            for key, section in enumerate(self.sections)
            for question in made[section]
        ]
        if not drawn:
            raise UserError(self.env._("Nothing has changed that could be asked."))
        self._freeze(drawn)
        if len(drawn) != self.attempt.question_count:
            self.attempt._transition({"question_count": len(drawn)})

    def draw_sections(self):
        """``{section: made questions}``, or a refusal of a bank that is too small."""
        # The system's own randomness: nothing that anybody reads tells the draw.
        rng = random.SystemRandom()
        earlier, made = self._get_earlier_items(), {}
        for source, (draw, asked) in _SOURCES.items():
            own = self.sections.filtered(lambda section, s=source: section.source == s)
            made |= draw(self.attempt, rng).draw(own, set(earlier[asked].ids))
        for section in self.sections:
            short = len(made[section]) < section.question_count
            if short and self.attempt.kind != "delta":
                self._refuse_short(section, len(made[section]))
            for question in made[section]:
                question["is_critical"] |= section.is_critical
        return made

    def _get_sections(self):
        """All sections in order; only the assortment changes by itself."""
        sections = self.attempt.quiz_id.section_ids
        if self.attempt.kind == "delta":
            return sections.filtered(lambda section: section.source == "facts")
        return sections

    def _get_earlier_items(self):
        """Questions this person was asked in his last attempts at this quiz."""
        count = self.attempt.quiz_id.avoid_attempts
        attempts = self.env["callcenter.quiz.attempt"]
        if count and self.attempt.employee_id:
            attempts = attempts.search(
                [
                    ("employee_id", "=", self.attempt.employee_id.id),
                    ("quiz_id", "=", self.attempt.quiz_id.id),
                    ("id", "!=", self.attempt.id),
                ],
                limit=count,
            )
        return attempts.item_ids

    def _refuse_short(self, section, count):
        raise UserError(
            self.env._(
                "Section “%(section)s” wants %(wanted)s questions, the bank can ask "
                "%(count)s now: ask the trainer to widen it.",
                section=section.name,
                wanted=section.question_count,
                count=count,
            )
        )

    def _freeze(self, drawn):
        items = (
            self.env["callcenter.quiz.attempt.item"]
            ._in_transition()
            .create(
                [
                    self._prepare_item_values(position, question)
                    for position, question in enumerate(drawn)
                ]
            )
        )
        # sudo: nobody has rights on the keys, the draw alone makes them
        self.env["callcenter.quiz.attempt.key"].sudo()._in_transition().create(
            [
                {
                    "item_id": item.id,
                    "key": self._get_key(question),
                    "nonce": secrets.token_urlsafe(12),
                }
                for item, question in zip(items, drawn, strict=True)
            ]
        )

    def _get_key(self, question):
        """The key with what is said of each option and the quiz's own rule."""
        key = question["key"]
        if any(question.get("feedback") or ()):
            key = key | {"feedback": question["feedback"]}
        rule = self.attempt.quiz_id.credit
        return key | ({"credit": rule} if rule == "whole" else {})

    def _prepare_item_values(self, position, question):
        copied = (
            "section_key", "section_id", "fact_id", "question_id", "kind", "stem",
            "options", "prompts", "pictures", "image_128", "weight", "guess",
            "is_critical", "situation", "step", "step_count", "needed",
        )  # fmt: skip
        return {name: question.get(name) for name in copied} | {
            "attempt_id": self.attempt.id,
            "position": position,
        }
