from odoo import fields, models


class TrainingPlanStep(models.Model):
    """A dated step of a plan for newcomers."""

    _name = "callcenter.training.plan.step"
    _inherit = ["callcenter.training.aim.mixin"]
    _description = "Step of a Plan"
    _order = "plan_id, day, id"
    _rec_name = "title"
    _settled_fields = ("plan_id",)

    plan_id = fields.Many2one(
        "callcenter.training.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    day = fields.Integer(
        required=True, default=1, help="Of the plan: 1 is the first day at work."
    )
    title = fields.Char(required=True, string="Step", translate=True)

    _day_range = models.Constraint(
        "CHECK(day BETWEEN 1 AND 366)", "A step is due on one of the days 1 to 366."
    )

    def _give(self, course):
        """The step as a task of the newcomer, in his language."""
        told = self._told_to(course.user_id)
        return (
            self.env["callcenter.training.task"]
            # sudo: the order of appointment gives it, whoever executes the order
            .sudo()
            ._in_transition()
            ._assign(
                [
                    self._get_aim_values()
                    | {
                        "employee_id": course.employee_id.id,
                        "course_id": course.id,
                        "title": told.title,
                        "due_on": fields.Date.add(course.date_start, days=self.day - 1),
                    }
                ]
            )
        )
