from odoo import api, fields, models
from odoo.exceptions import UserError


class TrainingAssign(models.TransientModel):
    """Gives the same task to people, to departments or to whoever holds a post."""

    _name = "callcenter.training.assign"
    _inherit = ["callcenter.training.aim.mixin"]
    _description = "Assign Training"

    target = fields.Selection(
        [("people", "People"), ("department", "Departments"), ("post", "Posts")],
        string="To whom",
        default="people",
        required=True,
    )
    # The public side of the card: trainers and supervisors read no other.
    employee_ids = fields.Many2many("hr.employee.public", string="People")
    department_ids = fields.Many2many("hr.department", string="Departments")
    job_ids = fields.Many2many("hr.job", string="Posts")
    due_on = fields.Date(
        string="Due",
        required=True,
        default=lambda self: self.env["callcenter.training.task"]._get_usual_due(
            self.env.company
        ),
    )
    note = fields.Char(string="What for", help="The person reads it.")
    person_count = fields.Integer(compute="_compute_people", string="People reached")
    people = fields.Text(compute="_compute_people", string="Who")

    @api.depends("target", "employee_ids", "department_ids", "job_ids")
    def _compute_people(self):
        for wizard in self:
            people = wizard._find_people()
            wizard.person_count = len(people)
            wizard.people = ", ".join(people.mapped("name"))

    def action_assign(self):
        """Assign it to everybody who has not the same to do already."""
        self.ensure_one()
        tasks = self.env["callcenter.training.task"]
        tasks._check_may_assign()
        people = self._find_people()
        if not people:
            raise UserError(self.env._("Nobody is chosen who works here now."))
        given = tasks._assign(
            [
                self._get_aim_values()
                | {"employee_id": one.id, "due_on": self.due_on, "note": self.note}
                for one in people
            ]
        )
        return given._tell_assigned(len(people))

    def _find_people(self):
        """Who is at work in the company and, for a supervisor, in his departments."""
        # sudo: trainers read no employees; they are told names and no more
        people = self.env["hr.employee"].sudo()
        domain = [
            ("callcenter_status", "=", "appointed"),
            ("company_id", "in", self.env.companies.ids),
            *self._get_target_domain(),
        ]
        if not self.env.user.has_group("callcenter_training.group_trainer"):
            domain += [("department_id.callcenter_is_supervised", "=", True)]
        return people.search(domain)

    def _get_target_domain(self):
        if self.target == "department":
            return [("department_id", "child_of", self.department_ids._origin.ids)]
        if self.target == "post":
            return [("job_id", "in", self.job_ids._origin.ids)]
        return [("id", "in", self.employee_ids._origin.ids)]
