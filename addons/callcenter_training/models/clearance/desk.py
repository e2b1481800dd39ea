from odoo import models


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_lessons(self, employee):
        """Adds the quizzes that must be passed before a day, the nearest first."""
        today = employee.company_id._callcenter_today()
        quizzes = [
            self._prepare_quiz_lesson(day, quiz)
            for day, quiz in sorted(
                employee._get_coming_quizzes(today), key=lambda pair: pair[0]
            )
        ]
        return quizzes + super()._get_lessons(employee)

    def _prepare_quiz_lesson(self, day, quiz):
        return {
            "code": "quiz_coming",
            "message": self.env._(
                "“%(quiz)s”: pass by %(day)s",
                quiz=quiz.name,
                day=day.strftime("%d.%m.%Y"),
            ),
            "action": quiz._get_take_action(),
        }
