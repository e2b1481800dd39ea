from odoo.addons.callcenter_ops.tests.personnel.common import NOON, PersonnelCase
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import TRAINER


class TestTrainingPlan(PersonnelCase):
    """A newcomer's first two weeks, begun by the order and done by evidence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["trainer"] = new_test_user(
            cls.env, "cc_trainer", groups=f"base.group_user,{TRAINER}", tz="UTC"
        )
        cls.topic = cls.env.ref("callcenter_ops.topic_phone_etiquette")
        cls.plan = cls.env["callcenter.training.plan"].with_user(
            cls.users["trainer"]
        ).create(
            {
                "name": "Two weeks",
                "job_ids": [(6, 0, cls.job.ids)],
                "company_id": cls.company.id,
                "step_ids": [
                    (0, 0, {"day": 1, "title": "Documents", "kind": "document"}),
                    (0, 0, {
                        "day": 3, "title": "Etiquette", "kind": "practice",
                        "topic_id": cls.topic.id, "goal": 2,
                    }),
                    (0, 0, {"day": 11, "title": "First shift", "kind": "shift"}),
                ],
            }
        )  # fmt: skip

    def begin(self):
        """The course that the executed appointment of the candidate begins."""
        policy = (
            self.env["callcenter.policy"]
            .with_user(self.users["hr"])
            .create(
                {
                    "name": "House rules",
                    "body": "<p>Be polite.</p>",
                    "date_from": "2026-03-02",
                    "job_ids": [(6, 0, self.job.ids)],
                }
            )
        )
        self.as_("director", policy).action_approve()
        self.order = self.appoint()
        return self.env["callcenter.training.course"].search([])

    def task(self, course, title):
        return course.task_ids.filtered(lambda task: task.title == title)

    def test_the_executed_order_begins_the_plan_of_the_post(self):
        course = self.begin()
        self.assertEqual(
            (course.employee_id, course.plan_id), (self.candidate, self.plan)
        )
        self.assertEqual((course.order_id, str(course.date_start)), (
            self.order, "2026-03-02",
        ))  # fmt: skip
        days = [(task.title, str(task.due_on)) for task in course.task_ids]
        self.assertEqual(days, [
            ("Documents", "2026-03-02"),
            ("Etiquette", "2026-03-04"),
            ("First shift", "2026-03-12"),
        ])  # fmt: skip
        self.assertEqual(
            (course.step_count, course.done_count, course.state), (3, 0, "open")
        )
        self.assertEqual(course.next_step, "Documents")

    def test_other_posts_begin_nothing(self):
        post = self.env["hr.job"].create({"name": "Storekeeper"})
        self.appoint(job_id=post.id)
        self.assertFalse(self.env["callcenter.training.course"].search([]))

    def test_documents_are_done_when_all_of_them_are_signed(self):
        course = self.begin()
        documents = self.task(course, "Documents")
        asked = self.env["callcenter.acknowledgement"].search(
            [("employee_id", "=", self.candidate.id), ("state", "=", "pending")]
        )
        self.assertGreater(len(asked), 1)
        today = self.company._callcenter_today()
        for place, one in enumerate(asked):
            self.assertEqual(documents.state, "open", place)
            one._sign_on_paper(today)
        self.assertEqual(documents.state, "done")
        self.assertEqual((course.done_count, course.next_step), (1, "Etiquette"))

    def test_a_shift_is_confirmed_by_somebody_else(self):
        course = self.begin()
        shift = self.task(course, "First shift")
        newcomer = self.candidate.user_id
        with self.assertRaises(AccessError):
            shift.with_user(newcomer).action_confirm()
        with self.assertRaises(UserError):
            shift.with_user(newcomer).action_do()
        self.assertEqual(shift.state, "open")
        self.as_("supervisor", shift).action_confirm()
        self.assertEqual(shift.state, "done")
        self.assertEqual(shift.confirmed_by_id, self.users["supervisor"])

    def test_overdue_steps_are_counted(self):
        course = self.begin()
        with self.at("2026-03-05 07:00:00"):
            course.invalidate_recordset()
            self.assertEqual(course.late_count, 2)

    def test_the_newcomer_his_supervisor_and_the_office_see_the_progress(self):
        course = self.begin()
        readers = {"supervisor", "trainer", "hr", "director"}
        for role, user in self.users.items():
            model = self.env["callcenter.training.course"].with_user(user)
            seen = model.search([]) if model.has_access("read") else model
            with self.subTest(role=role):
                self.assertEqual(course in seen, role in readers)
        own = course.with_user(self.candidate.user_id)
        self.assertEqual(
            own.read(["progress", "next_step"])[0]["next_step"], "Documents"
        )
        with self.assertRaises(UserError):
            self.as_("trainer", course.task_ids[0]).write({"course_id": False})

    def test_the_end_of_the_employment_takes_the_steps_back(self):
        course = self.begin()
        self.cancel(self.order)
        self.assertEqual(set(course.task_ids.mapped("state")), {"cancelled"})

    def test_dismissal_takes_the_steps_back(self):
        course = self.begin()
        with self.at(NOON):
            self.dismiss(self.candidate)
        self.assertEqual(set(course.task_ids.mapped("state")), {"cancelled"})

    def test_trainers_alone_write_plans(self):
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.plan).write({"name": "Other"})
        self.as_("trainer", self.plan).step_ids[0].day = 2
        self.assertEqual(self.plan.step_ids[0].day, 2)
