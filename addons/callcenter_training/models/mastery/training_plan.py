from odoo import fields, models


class TrainingPlan(models.Model):
    """What a newcomer of some posts does in his first weeks, day by day."""

    _name = "callcenter.training.plan"
    _description = "Plan for Newcomers"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.user._get_callcenter_own_company(),
        help="Empty: for all companies.",
    )
    job_ids = fields.Many2many(
        "hr.job",
        string="Posts",
        help="Who is appointed to one of them begins the plan on that day.",
    )
    step_ids = fields.One2many("callcenter.training.plan.step", "plan_id", copy=True)

    def _start_for(self, employee, day, order=None):
        """Begin the plan for a person on ``day``; it is begun once.

        :return: the course
        """
        self.ensure_one()
        # sudo: the order of appointment begins it, whoever executes the order
        courses = self.env["callcenter.training.course"].sudo()
        begun = courses.search(
            [("employee_id", "=", employee.id), ("plan_id", "=", self.id)]
        ).filtered(lambda course: course.state == "open")
        if begun:
            return begun
        course = courses._in_transition().create(
            {
                "employee_id": employee.id,
                "plan_id": self.id,
                "order_id": order and order.id,
                "date_start": day,
            }
        )
        for step in self.step_ids:
            step._give(course)
        return course

    def _find_for(self, employee):
        """The plans that an appointment of ``employee`` begins."""
        return self.search(
            [
                ("job_ids", "in", employee.job_id.ids),
                ("company_id", "in", [False, employee.company_id.id]),
            ]
        )
