from datetime import date

from ..common import TrainingCase, load_step

NOON = "2026-03-02 07:00:00"


class TestClearance(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)
        cls.quiz = cls.build_quiz(job_ids=[(6, 0, cls.job.ids)], validity_months=6)

    def codes(self, day, employee=None):
        blockers = self.get_blockers(employee or self.operator, day)
        return [blocker["code"] for blocker in blockers]

    def test_a_post_with_a_quiz_blocks_until_it_is_passed(self):
        with self.at(NOON):
            day = date(2026, 3, 2)
            self.assertEqual(self.codes(day), ["clearance_missing"])
            self.take(self.quiz, 0)
            self.assertEqual(self.codes(day), ["clearance_missing"])
            self.take(self.quiz, 4)
            self.assertEqual(self.codes(day), [])

    def test_what_was_passed_before_leaving_does_not_count_after_a_return(self):
        with self.at(NOON):
            self.take(self.quiz, 4)
        day = date(2026, 3, 10)
        self.assertEqual(self.codes(day), [])
        self.operator._transition({"callcenter_left_on": date(2026, 3, 9)})
        self.assertEqual(self.codes(day), ["clearance_missing"])
        self.assertEqual(self.quiz._get_attempt_kind(self.operator), "exam")
        with self.at("2026-03-10 07:00:00"):
            self.take(self.quiz, 4)
        self.assertEqual(self.codes(day), [])

    def test_the_blocker_opens_the_quiz(self):
        (blocker,) = self.get_blockers(self.operator, date(2026, 3, 2))
        self.assertEqual(blocker["message"], "The quiz “Balls” is not passed yet.")
        self.assertEqual(blocker["action"]["tag"], "callcenter_training.quiz")
        self.assertEqual(blocker["action"]["params"], {"quiz_id": self.quiz.id})

    def test_a_clearance_runs_out_by_its_date_without_any_cron(self):
        with self.at(NOON):
            self.take(self.quiz, 4)
        clearance = self.operator.callcenter_clearance_ids
        self.assertEqual(clearance.valid_until, date(2026, 9, 1))
        self.assertEqual(self.codes(date(2026, 9, 1)), [])
        self.assertEqual(self.codes(date(2026, 9, 2)), ["clearance_missing"])
        (blocker,) = self.get_blockers(self.operator, date(2026, 9, 2))
        self.assertIn("ended on 01.09.2026", blocker["message"])

    def test_the_cron_shows_what_ran_out(self):
        with self.at(NOON):
            self.take(self.quiz, 4)
        with self.at("2026-09-01 18:59:00"):
            self.env["callcenter.clearance"]._cron_expire()
            self.assertEqual(self.operator.callcenter_clearance_ids.state, "valid")
        with self.at("2026-09-01 19:00:00"):
            self.env["callcenter.clearance"]._cron_expire()
            self.assertEqual(self.operator.callcenter_clearance_ids.state, "expired")

    def test_a_second_pass_renews_and_a_failure_takes_nothing(self):
        with self.at(NOON):
            self.take(self.quiz, 4)
        with self.at("2026-05-04 07:00:00"):
            self.take(self.quiz, 0)
        clearance = self.operator.callcenter_clearance_ids
        self.assertEqual(clearance.valid_until, date(2026, 9, 1))
        with self.at("2026-05-04 08:00:00"):
            self.take(self.quiz, 4)
        self.assertEqual(len(self.operator.callcenter_clearance_ids), 1)
        self.assertEqual(clearance.valid_until, date(2026, 11, 3))

    def test_a_quiz_that_no_post_wants_blocks_nobody(self):
        self.quiz.job_ids = False
        self.assertEqual(self.codes(date(2026, 3, 2)), [])

    def test_an_archived_quiz_blocks_nobody(self):
        self.quiz.active = False
        self.assertEqual(self.codes(date(2026, 3, 2)), [])

    def test_blockers_of_a_whole_room_are_read_together(self):
        people = self.operator
        for number in range(9):
            people |= self.build_operator(f"Operator {number}")
        day = date(2026, 3, 2)
        self._count_queries(people[:1], day)  # warms the caches of the process
        few, many = (self._count_queries(some, day) for some in (people[:2], people))
        self.assertEqual(few, many)

    def _count_queries(self, people, day):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        blockers = people._get_callcenter_blockers(day)
        self.assertEqual(len(blockers), len(people))
        return self.env.cr.sql_log_count - before

    def test_an_appointment_plans_the_quiz_once(self):
        self.operator._schedule_quizzes(date(2026, 3, 2))
        self.operator._schedule_quizzes(date(2026, 3, 2))
        activity = self.quiz.activity_ids
        self.assertEqual(activity.user_id, self.operator.user_id)
        self.take(self.quiz, 4)
        self.assertFalse(self.quiz.activity_ids)

    def test_an_operator_sees_his_own_clearance_and_state(self):
        self.take(self.quiz, 4)
        self.build_operator("Operator Two")
        quiz = self.as_("operator", self.quiz)
        self.assertEqual(quiz.my_state, "passed")
        clearances = self.env["callcenter.clearance"]
        self.assertEqual(
            len(clearances.with_user(self.users["operator"]).search([])), 1
        )
        two = self.env["res.users"].search([("login", "=", "operator_two")])
        self.assertFalse(clearances.with_user(two).search([]))

    def test_the_upgrade_keeps_why_a_clearance_is_out_of_force_as_a_code(self):
        people = [self.build_operator(name=f"Person {n}") for n in range(4)]
        due = date(2026, 3, 5)
        clearances = self.env["callcenter.clearance"]._in_transition().create(
            [
                {
                    "employee_id": person.id,
                    "quiz_id": self.quiz.id,
                    "company_id": self.quiz.company_id.id,
                    "state": state,
                    "delta_due_on": day,
                }
                for person, (state, day) in zip(
                    people,
                    [
                        ("expired", False),
                        ("suspended", due),
                        ("suspended", False),
                        ("valid", due),
                    ],
                    strict=True,
                )
            ]
        )  # fmt: skip
        self.env.flush_all()
        load_step("19.0.4.0.0", "post-clearance").migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        self.assertEqual(
            clearances.mapped("reason_code"), ["ended", "unproven", "regraded", False]
        )
