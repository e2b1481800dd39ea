from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import TrainingCase


@tagged("post_install", "-at_install")
class TestTimeline(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)
        cls.quiz = cls.build_quiz(pass_percent=75)

    def get_timeline(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["callcenter.timeline"]
            .with_user(user)
            .search([("employee_id", "=", self.operator.id)])
        )

    def test_a_passed_quiz_and_its_certificate_stand_on_the_timeline(self):
        self.take(self.quiz, right=4)
        events = self.get_timeline(self.users["operator"])
        titles = {event.kind: event.title for event in events}
        certificate = self.env["callcenter.certificate"].search(
            [("employee_id", "=", self.operator.id)]
        )
        self.assertEqual(
            titles,
            {
                "quiz_passed": "Balls",
                "certificate_issued": f"{certificate.name}, Balls",
            },
        )

    def test_a_failed_quiz_is_no_passed_one(self):
        self.take(self.quiz, right=0)
        events = self.get_timeline(self.users["operator"])
        self.assertEqual(events.mapped("kind"), ["quiz_failed"])

    def test_an_open_attempt_is_not_there_yet(self):
        self.runner.start(self.quiz.id)
        self.assertFalse(self.get_timeline(self.users["operator"]))

    def test_the_title_speaks_the_readers_language(self):
        self.quiz.with_context(lang="ru_RU").name = "Мячи"
        self.take(self.quiz, right=0)
        event = self.get_timeline(self.users["operator"]).with_context(lang="ru_RU")
        event.invalidate_recordset()
        self.assertEqual(event.title, "Мячи")

    def test_the_event_opens_what_is_behind_it(self):
        self.take(self.quiz, right=4)
        for event in self.get_timeline(self.users["operator"]):
            action = event.action_open()
            record = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(record.employee_id, self.operator)
            own = record.with_user(self.users["operator"])
            self.assertEqual(own.read(["percent"])[0]["percent"], 100)

    def test_others_see_it_by_their_rights(self):
        self.take(self.quiz, right=4)
        stranger = new_test_user(
            self.env, "cc_stranger", groups="callcenter_ops.group_operator"
        )
        self.assertFalse(self.get_timeline(stranger))
        for role in ("supervisor", "hr", "director"):
            self.assertEqual(len(self.get_timeline(self.users[role])), 2, role)
        other = self.build_employee("Other head")
        self.department.manager_id = other
        self.assertFalse(self.get_timeline(self.users["supervisor"]))
        with self.assertRaises(AccessError):
            self.get_timeline(self.users["outsider"])
