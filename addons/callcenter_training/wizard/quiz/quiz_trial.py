from markupsafe import Markup, escape
from odoo import fields, models


class QuizTrial(models.TransientModel):
    """A paper as an attempt would get it, with its answers; no attempt is counted."""

    _name = "callcenter.quiz.trial"
    _description = "Trial of a Quiz"

    quiz_id = fields.Many2one("callcenter.quiz", required=True, readonly=True)
    paper = fields.Html(string="Variant of the quiz", readonly=True)

    def action_draw(self):
        """Draw another paper."""
        self.ensure_one()
        self.quiz_id.check_access("write")
        made = self.quiz_id._draw_paper()
        parts = [
            Markup("<h3>%s</h3>%s")
            % (section.name, Markup("").join(map(self._show, made[section])))
            for section in self.quiz_id.section_ids
        ]
        # sudo: what the server draws, nobody writes
        self.sudo().paper = Markup("").join(parts)
        return self._get_action()

    def _get_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Trial"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _show(self, question):
        stem = Markup("<p><b>%s</b></p>") % escape(question["stem"])
        if question.get("step") == 1:
            stem = Markup("<blockquote>%s</blockquote>%s") % (
                question["situation"],
                stem,
            )
        key = question["key"]
        if "value" in key:
            return stem + Markup("<p>%s</p>") % key["value"]
        if "criteria" in key:
            rubric = Markup("").join(
                Markup("<li>%s (%s)</li>") % (name, most)
                for name, _about, most in key["criteria"]
            )
            return stem + Markup("<ol>%s</ol>") % rubric
        if "answers" in key:
            right = [text for text, is_right in key["answers"] if is_right]
            return stem + Markup("<p>%s</p>") % " / ".join(right)
        items = Markup("").join(
            Markup("<li>%s%s</li>") % (text, self._tick(question, place))
            for place, text in enumerate(question["options"])
        )
        return stem + Markup("<ol>%s</ol>") % items

    def _tick(self, question, place):
        """A tick beside a right option; where order counts, its place."""
        right = question["key"]["right"]
        if question["kind"] in ("order", "match"):
            wanted = question.get("prompts") or range(1, len(right) + 1)
            return f" — {dict(zip(right, wanted, strict=True)).get(place, '')}"
        return " ✓" if place in right else ""
