from odoo import api, fields, models


class TrainingCourse(models.Model):
    """One newcomer on his way through a plan; its tasks say how far he is."""

    _name = "callcenter.training.course"
    _inherit = ["callcenter.guarded.mixin"]
    _description = "Newcomer's Plan"
    _order = "date_start desc, id desc"

    _guarded_fields = ("employee_id", "plan_id", "order_id", "date_start")
    _trail_field = None

    employee_id = fields.Many2one(
        "hr.employee", string="Newcomer", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        related="employee_id.user_id", store=True, index=True, related_sudo=True
    )
    department_id = fields.Many2one(
        related="employee_id.department_id", store=True, index=True, related_sudo=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, related_sudo=True
    )
    plan_id = fields.Many2one(
        "callcenter.training.plan", required=True, ondelete="restrict", index=True
    )
    order_id = fields.Many2one(
        "callcenter.personnel.order",
        string="By order",
        ondelete="set null",
        index="btree_not_null",
    )
    date_start = fields.Date(string="Begun", required=True)
    task_ids = fields.One2many("callcenter.training.task", "course_id", string="Steps")
    step_count = fields.Integer(compute="_compute_progress", string="All steps")
    done_count = fields.Integer(compute="_compute_progress", string="Steps done")
    late_count = fields.Integer(compute="_compute_progress", string="Steps overdue")
    progress = fields.Float(compute="_compute_progress", string="Progress, %")
    next_step = fields.Char(compute="_compute_progress")
    state = fields.Selection(
        [("open", "Under way"), ("done", "Finished")],
        compute="_compute_state",
        store=True,
    )

    @api.depends_context("lang")
    @api.depends("plan_id.name", "employee_id.name")
    def _compute_display_name(self):
        for course in self:
            # sudo: supervisors see the newcomer's plan, not the employee behind it
            name = course.sudo().employee_id.name
            course.display_name = f"{name}: {course.plan_id.name}"

    @api.depends_context("lang")
    @api.depends("task_ids.state", "task_ids.due_on")
    def _compute_progress(self):
        for course in self:
            steps = course.task_ids.filtered(lambda task: task.state != "cancelled")
            waiting = steps.filtered(lambda task: task.state != "done")
            course.step_count = len(steps)
            course.done_count = len(steps - waiting)
            course.late_count = len(waiting.filtered("is_overdue"))
            course.progress = 100 * course.done_count / len(steps) if steps else 0
            course.next_step = waiting[:1].display_name if waiting else False

    @api.depends("task_ids.state")
    def _compute_state(self):
        for course in self:
            states = set(course.task_ids.mapped("state"))
            course.state = "open" if states & {"open", "proposed"} else "done"
