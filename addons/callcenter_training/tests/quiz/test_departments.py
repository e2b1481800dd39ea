from odoo.tests import new_test_user

from ..common import TrainingCase

MODELS = (
    "callcenter.quiz.attempt",
    "callcenter.quiz.mark",
    "callcenter.clearance",
    "callcenter.certificate",
    "callcenter.mastery",
    "callcenter.coverage",
    "callcenter.coverage.slice",
    "callcenter.knowledge.gap",
    "callcenter.clearance.override",
    "callcenter.quiz.signal",
)


class TestDepartments(TrainingCase):
    """A supervisor sees the training of his own departments and of no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        products = cls.build_products(6)
        products.callcenter_launch_date = cls.company._callcenter_today()
        cls.quiz = cls.build_quiz()
        cls.stranger_user = new_test_user(
            cls.env, "cc_stranger", groups="callcenter_ops.group_supervisor"
        )
        stranger = cls.build_employee("Stranger", user=cls.stranger_user)
        cls.env["hr.department"].create(
            {"name": "Warehouse", "manager_id": stranger.id}
        )

    def evidence(self):
        attempt = self.attempt_of(self.take(self.quiz, 4))
        today = self.company._callcenter_today()
        self.env["callcenter.clearance.override"].create(
            {
                "employee_id": self.operator.id,
                "quiz_id": self.quiz.id,
                "reason": "New",
                "date_to": today,
            }
        )
        self.env["callcenter.quiz.signal"]._in_transition().create(
            {"attempt_id": attempt.id, "kind": "focus", "figure": 3}
        )
        self.env.flush_all()

    def count(self, model, user):
        return self.env[model].with_user(user).search_count([])

    def test_only_the_head_of_the_department_sees_its_training(self):
        self.evidence()
        for model in MODELS:
            with self.subTest(model=model):
                self.assertGreater(self.count(model, self.users["supervisor"]), 0)
                self.assertEqual(self.count(model, self.stranger_user), 0)

    def test_a_stranger_asks_for_no_override(self):
        override = self.env["callcenter.clearance.override"]
        with self.assertRaises(Exception) as caught:
            override.with_user(self.stranger_user).create(
                {
                    "employee_id": self.operator.id,
                    "quiz_id": self.quiz.id,
                    "reason": "Please",
                    "date_to": self.company._callcenter_today(),
                }
            )
        self.assertEqual(type(caught.exception).__name__, "AccessError")
        self.assertEqual(override.search_count([]), 0)
