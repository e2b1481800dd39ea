from odoo import models


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_lessons(self, employee):
        """Adds what was assigned, and what practice has to repeat."""
        lessons = super()._get_lessons(employee)
        lessons += self.env["callcenter.training.task"]._get_lessons(employee)
        count = self.env["callcenter.practice.runner"]._count_due(employee)
        if count:
            lessons.append(
                {
                    "code": "practice_due",
                    "message": self.env._("To be repeated in practice: %s", count),
                    "action": self.env["ir.actions.client"]._for_xml_id(
                        "callcenter_training.practice_action"
                    ),
                }
            )
        return lessons
