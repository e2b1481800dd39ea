from odoo import api, fields, models
from odoo.tools import SQL

DAYS_TO_PASS = 3


class Quiz(models.Model):
    _inherit = "callcenter.quiz"

    clearance_ids = fields.One2many("callcenter.clearance", "quiz_id")
    change_policy = fields.Selection(
        [
            ("none", "Nothing happens"),
            ("delta", "Prove the changes, else suspend"),
        ],
        string="When the assortment changes",
        default="none",
        required=True,
    )
    change_threshold = fields.Integer(
        string="From changes", default=5, help="New and changed facts in scope."
    )
    grace_days = fields.Integer(
        string="Days of grace", default=3, help="To prove the changes."
    )
    clearance_count = fields.Integer(compute="_compute_clearance_count")
    my_state = fields.Selection(
        [
            ("open", "Go on"),
            ("todo", "To pass"),
            ("rating", "Being rated"),
            ("passed", "Passed"),
        ],
        compute="_compute_my_state",
        string="My state",
    )
    my_valid_until = fields.Date(compute="_compute_my_state", string="My pass is valid")
    my_delta_due_on = fields.Date(
        compute="_compute_my_state", string="Changes to prove by"
    )

    @api.depends("clearance_ids.state")
    def _compute_clearance_count(self):
        counts = dict(
            self.env["callcenter.clearance"]._read_group(
                [("quiz_id", "in", self.ids), ("state", "=", "valid")],
                ["quiz_id"],
                ["__count"],
            )
        )
        for quiz in self:
            quiz.clearance_count = counts.get(quiz, 0)

    @api.depends_context("uid")
    def _compute_my_state(self):
        employee = self.env.user.employee_id
        today = self.env.company._callcenter_today()
        clearances = self.env["callcenter.clearance"].search(
            [("employee_id", "=", employee.id), ("quiz_id", "in", self.ids)]
        )
        own = {clearance.quiz_id: clearance for clearance in clearances}
        attempts = self.env["callcenter.quiz.attempt"]
        opened = attempts._get_open(employee, self).quiz_id
        rated = attempts._get_waiting(employee, self).quiz_id
        for quiz in self:
            clearance = own.get(quiz, clearances[:0])
            is_valid = clearance and clearance._is_valid(today)
            state = "rating" if quiz in rated else "todo"
            state = "passed" if is_valid else state
            quiz.my_state = "open" if quiz in opened else state
            quiz.my_valid_until = is_valid and clearance.valid_until
            # Whoever was suspended for the changes has only these left to prove, too.
            asks_changes = clearance._asks_changes_only(today)
            quiz.my_delta_due_on = asks_changes and clearance.delta_due_on

    def action_announce(self):
        """Ask for the day, and show who would be stopped on it."""
        self.check_access("write")
        self.ensure_one()
        self._check_in_state("draft", "tried")
        self._draw_paper()
        wizard = self.env["callcenter.quiz.announcement"].create({"quiz_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Announce"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _announce(self, day):
        """Tells everybody of the posts who has not passed it yet."""
        result = super()._announce(day)
        for employee in self._get_unproven(day).filtered("user_id"):
            self._schedule_for(employee.user_id, day)
        return result

    def _get_unproven(self, on_date):
        """People in the posts of the quiz who would be stopped by it on ``on_date``."""
        # sudo: trainers read no employees; they are told names and no more
        people = self.env["hr.employee"].sudo()
        people = people.search(
            [
                ("job_id", "in", self.job_ids.ids),
                ("company_id", "=", self.company_id.id),
                ("callcenter_status", "=", "appointed"),
            ]
        )
        return people.filtered(
            lambda person: self not in person._get_proven_quizzes(on_date)
        )

    def action_open_clearances(self):
        """Open the clearances that this quiz gave."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_training.clearance_action"
        )
        return action | {"domain": [("quiz_id", "=", self.id)], "context": {}}

    def _get_attempt_kind(self, employee):
        """The changes only, for who has proven the rest and has changes to prove."""
        clearance = self.env["callcenter.clearance"].search(
            [("employee_id", "=", employee.id), ("quiz_id", "in", self.ids)]
        )
        today = self.company_id._callcenter_today()
        return "delta" if clearance._asks_changes_only(today) else "exam"

    def _count_changes(self, moments):
        """``{moment: facts of the quiz's scope made after it}``, in one query."""
        scopes = [
            self._get_change_scope(section)
            for section in self.section_ids
            if section.source == "facts"
        ]
        if not moments or not scopes:
            return {}
        self.env["callcenter.fact"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT m.moment, count(f.id)
                     FROM unnest(%s::timestamp[]) AS m(moment)
                     LEFT JOIN callcenter_fact f ON f.create_date > m.moment
                          AND f.active AND f.is_askable AND (%s)
                    GROUP BY m.moment""",
                sorted(moments),
                SQL(" OR ").join(scopes),
            )
        )
        return dict(rows)

    def _get_change_scope(self, section):
        scope = section._get_fact_scope()
        if not section.template_ids:
            return SQL("(%s)", scope)
        return SQL("(%s AND f.template_id = ANY(%s))", scope, section.template_ids.ids)

    def _schedule_for(self, user, day=None):
        """An activity to pass the quiz, once per person.

        :param day: when it is due; None: some days from now
        """
        self.ensure_one()
        # sudo: HR executes the order that asks for the quiz and may not write quizzes
        quiz = self.sudo()._told_to(user)
        if user not in quiz.activity_ids.user_id:
            quiz.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day
                or fields.Date.add(
                    self.company_id._callcenter_today(), days=DAYS_TO_PASS
                ),
                summary=quiz.env._("Pass the quiz “%(quiz)s”", quiz=quiz.name),
                user_id=user.id,
            )

    def _close_activity_of(self, user):
        self.activity_ids.filtered(
            lambda activity: activity.user_id == user
        ).action_feedback(feedback=self._told_to().env._("Passed"))
