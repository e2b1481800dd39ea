from odoo import Command, models


class BriefingLine(models.Model):
    _inherit = "callcenter.briefing.line"

    def _prepare_survey_question(self):
        """The values of a question of Odoo's surveys; a right option scores a point."""
        several = len(self.right) > 1
        return {
            "title": self.stem,
            "question_type": "multiple_choice" if several else "simple_choice",
            "suggested_answer_ids": [
                Command.create(
                    {
                        "value": text,
                        "is_correct": place in self.right,
                        "answer_score": int(place in self.right),
                    }
                )
                for place, text in enumerate(self.options)
            ],
        }
