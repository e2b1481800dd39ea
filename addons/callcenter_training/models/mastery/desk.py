from odoo import models


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_lessons(self, employee):
        """Adds what was assigned, and what practice has to repeat."""
        lessons = super()._get_lessons(employee)
        lessons += self.env["callcenter.training.task"]._get_lessons(employee)
        found = employee._get_callcenter_reviews()[employee.id]
        if found["due"]:
            lessons.append(self._prepare_review_lesson(found))
        return lessons

    def _prepare_review_lesson(self, found):
        if found["assigned"]:
            message = self.env._(
                "To be repeated in practice: %(due)s; with what is assigned about "
                "%(minutes)s min",
                **found,
            )
        else:
            message = self.env._(
                "To be repeated in practice: %(due)s, about %(minutes)s min", **found
            )
        return {
            "code": "practice_due",
            "message": message,
            "action": self.env["ir.actions.client"]._for_xml_id(
                "callcenter_training.practice_action"
            ),
        }
