from odoo import fields, models

READERS = (
    "hr.group_hr_user,callcenter_ops.group_supervisor,callcenter_ops.group_director"
)


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    callcenter_clearance_ids = fields.One2many(
        "callcenter.clearance", "employee_id", groups=READERS
    )
    callcenter_override_ids = fields.One2many(
        "callcenter.clearance.override", "employee_id", groups=READERS
    )

    # A board of many employees reads them once.
    callcenter_waiting_attempt_ids = fields.One2many(
        "callcenter.quiz.attempt",
        "employee_id",
        string="Attempts to be rated",
        domain=[("state", "=", "rating")],
        groups=READERS,
    )

    def _get_callcenter_blockers(self, on_date):
        """Adds ``clearance_missing`` for each quiz of the post not passed."""
        blockers = super()._get_callcenter_blockers(on_date)
        for employee in self:
            blockers[employee.id] += [
                employee._prepare_quiz_blocker(quiz, on_date)
                for quiz in employee._get_missing_quizzes(on_date)
            ]
        return blockers

    def _get_callcenter_steps(self):
        return [
            *super()._get_callcenter_steps(),
            (self.env._("Quizzes"), ("clearance_missing",)),
        ]

    def _get_callcenter_conditions(self, on_date):
        # sudo: as in _get_wanted_quizzes
        proven = self.sudo()._get_proven_quizzes(on_date)
        return [
            *super()._get_callcenter_conditions(on_date),
            *((one.name, one in proven) for one in self._get_wanted_quizzes(on_date)),
        ]

    def _get_callcenter_blocker_sources(self):
        return [
            *super()._get_callcenter_blocker_sources(),
            "callcenter_quiz_hr_job_rel",
            "callcenter_quiz",
            "callcenter_clearance WHERE employee_id = %(employee)s",
            "callcenter_clearance_override WHERE employee_id = %(employee)s",
        ]

    def _get_missing_quizzes(self, on_date):
        """Quizzes the post wants that are not proven on ``on_date``.

        Read through relations, so that a board of many employees reads them once.
        """
        # sudo: as in _get_wanted_quizzes
        employee = self.sudo()
        return self._get_wanted_quizzes(on_date) - employee._get_proven_quizzes(on_date)

    def _get_wanted_quizzes(self, on_date):
        """Quizzes that the post wants on ``on_date``, proven or not."""
        # sudo: operators ask for themselves, the calling room for everybody
        return self.sudo().job_id.callcenter_quiz_ids.filtered(
            lambda quiz: quiz.active and quiz._is_in_force(on_date)
        )

    def _get_proven_quizzes(self, on_date):
        cleared = self.callcenter_clearance_ids.filtered(
            lambda clearance: clearance._is_valid(on_date)
        )
        overridden = self.callcenter_override_ids.filtered(
            lambda override: override._is_active(on_date)
        )
        return cleared.quiz_id | overridden.quiz_id

    def _get_coming_quizzes(self, on_date):
        """Quizzes that are to be passed soon, though nothing stops him yet.

        :return: list of ``(day, quiz)``: by the end of that day, or before it comes
            into force
        """
        # sudo: as in _get_wanted_quizzes
        employee = self.sudo()
        clearances = employee.callcenter_clearance_ids.filtered(
            lambda clearance: clearance._is_valid(on_date)
        )
        coming = employee.job_id.callcenter_quiz_ids.filtered(
            lambda quiz: quiz.active and quiz.state == "announced"
        )
        dated = [(one._get_pass_by(on_date), one.quiz_id) for one in clearances]
        dated += [
            (quiz.date_from, quiz)
            for quiz in coming - employee._get_proven_quizzes(on_date)
        ]
        return [(day, quiz) for day, quiz in dated if day]

    def _prepare_quiz_blocker(self, quiz, on_date):
        return {
            "code": "clearance_missing",
            "message": self._explain_missing_quiz(quiz, on_date),
            "action": quiz._get_take_action(),
        }

    def _explain_missing_quiz(self, quiz, on_date):
        # sudo: as in _get_wanted_quizzes
        clearance = self.sudo().callcenter_clearance_ids.filtered(
            lambda clearance: clearance.quiz_id == quiz
        )
        if clearance.valid_until and clearance.valid_until < on_date:
            return self.env._(
                "The clearance of “%(quiz)s” ended on %(day)s: pass the quiz again.",
                quiz=quiz.name,
                day=clearance.valid_until.strftime("%d.%m.%Y"),
            )
        if clearance.state == "suspended":
            return self.env._(
                "The clearance of “%(quiz)s” is suspended: %(reason)s",
                quiz=quiz.name,
                reason=clearance.reason or "",
            )
        # sudo: as in _get_wanted_quizzes
        if quiz in self.sudo().callcenter_waiting_attempt_ids.quiz_id:
            return self.env._(
                "The answers in the quiz “%(quiz)s” wait to be rated by a trainer.",
                quiz=quiz.name,
            )
        return self.env._("The quiz “%(quiz)s” is not passed yet.", quiz=quiz.name)

    def _after_callcenter_appointment(self, order):
        """The new operator finds the quizzes of his post among his activities."""
        result = super()._after_callcenter_appointment(order)
        self._schedule_quizzes(self.company_id._callcenter_today())
        return result

    def _schedule_quizzes(self, on_date):
        for employee in self.filtered("user_id"):
            for quiz in employee._get_missing_quizzes(on_date):
                quiz._schedule_for(employee.user_id)

    def _get_callcenter_topic_advice(self, topics):
        """Names the quizzes that ask about ``topics``; practice asks them too."""
        sections = self.env["callcenter.quiz.section"].search(
            [("topic_ids", "in", topics.ids), ("quiz_id.active", "=", True)]
        )
        advice = super()._get_callcenter_topic_advice(topics)
        names = ", ".join(sections.quiz_id.mapped("name"))
        practice = self.env._("Practise: practice asks the questions of these topics.")
        if not names:
            return f"{advice} {practice}"
        quizzes = self.env._("Then take the quiz: %(names)s.", names=names)
        return f"{advice} {practice} {quizzes}"
