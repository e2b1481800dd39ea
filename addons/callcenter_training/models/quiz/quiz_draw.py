import random

from odoo import models
from odoo.exceptions import UserError

_DRAWS = {"facts": "callcenter.fact.draw", "questions": "callcenter.question.draw"}
_SOURCES = {"facts": "fact_id", "questions": "question_id"}


class QuizDraw(models.AbstractModel):
    """Fills a new attempt by its sections' quotas and freezes what was drawn."""

    _name = "callcenter.quiz.draw"
    _description = "Draw of an Attempt"

    def _fill(self, attempt):
        """Freeze the questions of a new attempt or refuse it in words."""
        made = self._draw_sections(attempt)
        drawn = [
            question | {"section_key": key, "section_id": section.id}
            for key, section in enumerate(self._get_sections(attempt))
            for question in made[section]
        ]
        if not drawn:
            raise UserError(self.env._("Nothing has changed that could be asked."))
        self._freeze(attempt, drawn)
        if len(drawn) != attempt.question_count:
            attempt._transition({"question_count": len(drawn)})

    def _get_sections(self, attempt):
        """All sections in order; only the assortment changes by itself."""
        sections = attempt.quiz_id.section_ids
        if attempt.kind == "delta":
            return sections.filtered(lambda section: section.source == "facts")
        return sections

    def _draw_sections(self, attempt):
        """``{section: made questions}``, or a refusal of a bank that is too small."""
        rng = random.Random(attempt.seed)
        earlier = self._get_earlier_items(attempt)
        sections, made = self._get_sections(attempt), {}
        for source, draw in _DRAWS.items():
            own = sections.filtered(lambda section, s=source: section.source == s)
            avoided = set(earlier[_SOURCES[source]].ids)
            made |= self.env[draw]._draw(attempt, own, rng, avoided)
        for section in sections:
            short = len(made[section]) < section.question_count
            if short and attempt.kind != "delta":
                self._refuse_short(section, len(made[section]))
            for question in made[section]:
                question["is_critical"] |= section.is_critical
        return made

    def _get_earlier_items(self, attempt):
        """Questions this person was asked in his last attempts at this quiz."""
        count = attempt.quiz_id.avoid_attempts
        attempts = self.env["callcenter.quiz.attempt"]
        if count:
            attempts = attempts.search(
                [
                    ("employee_id", "=", attempt.employee_id.id),
                    ("quiz_id", "=", attempt.quiz_id.id),
                    ("id", "!=", attempt.id),
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

    def _freeze(self, attempt, drawn):
        items = (
            self.env["callcenter.quiz.attempt.item"]
            ._in_transition()
            .create(
                [
                    self._prepare_item_values(attempt, position, question)
                    for position, question in enumerate(drawn)
                ]
            )
        )
        # sudo: nobody has rights on the keys, the draw alone makes them
        self.env["callcenter.quiz.attempt.key"].sudo()._in_transition().create(
            [
                {"item_id": item.id, "key": question["key"]}
                for item, question in zip(items, drawn, strict=True)
            ]
        )

    def _prepare_item_values(self, attempt, position, question):
        copied = (
            "section_key", "section_id", "fact_id", "question_id", "kind", "stem",
            "options", "prompts", "image_128", "weight", "guess", "is_critical",
        )  # fmt: skip
        return {name: question.get(name) for name in copied} | {
            "attempt_id": attempt.id,
            "position": position,
        }
