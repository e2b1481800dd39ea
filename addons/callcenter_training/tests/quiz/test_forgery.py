"""What the engine writes can be read, forged and recomputed by nobody."""

from odoo.addons.callcenter_ops.tests.cases import GROUPS
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..common import TrainingCase

ENGINE_MODELS = (
    "callcenter.quiz.attempt",
    "callcenter.quiz.attempt.item",
    "callcenter.quiz.attempt.key",
    "callcenter.quiz.mark",
    "callcenter.clearance",
    "callcenter.certificate",
    "callcenter.mastery",
    "callcenter.fact",
)
RUNNERS = ("callcenter.quiz.runner", "callcenter.practice.runner")


class TestForgery(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)
        cls.quiz = cls.build_quiz()

    def test_nobody_reads_the_keys(self):
        self.runner.start(self.quiz.id)
        users = [*self.users.values(), self.env.ref("base.user_admin")]
        for user in users:
            keys = self.env["callcenter.quiz.attempt.key"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    keys.search([])
                with self.assertRaises(AccessError):
                    keys.search_read([], ["key"])

    def test_an_operator_reads_no_questions_and_no_bank(self):
        self.runner.start(self.quiz.id)
        for model in (
            "callcenter.quiz.attempt.item",
            "callcenter.question.template",
            "callcenter.fact",
            "callcenter.quiz.section",
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.users["operator"]).search([])

    def test_no_role_writes_what_the_engine_writes(self):
        self.take(self.quiz, 4)
        roles = [*GROUPS, "trainer"]
        admin = self.env.ref("base.user_admin")
        for user in [self.users[role] for role in roles] + [admin]:
            for model in ENGINE_MODELS:
                record = self.env[model].search([], limit=1)
                self.assertTrue(record)
                forged = record.with_user(user)
                with self.subTest(user=user.login, model=model):
                    for attack in (
                        lambda forged=forged: forged.write(
                            {"create_date": "2026-03-02 07:00:00"}
                        ),
                        lambda forged=forged: forged.unlink(),
                        lambda forged=forged: forged.copy(),
                        lambda forged=forged: forged.create({}),
                    ):
                        with self.assertRaises(UserError):
                            attack()

    def test_even_the_superuser_edits_no_mark(self):
        self.take(self.quiz, 1)
        attempt = self.quiz.attempt_ids
        for record, vals in (
            (attempt, {"percent": 100.0, "passed": True}),
            (attempt.mark_id, {"passed": True}),
            (attempt.item_ids[0], {"fraction": 1.0}),
        ):
            with self.assertRaises(UserError):
                record.write(vals)
            with self.assertRaises(UserError):
                record.unlink()
        self.env.invalidate_all()
        self.assertEqual((attempt.percent, attempt.passed), (25.0, False))

    @mute_logger("odoo.sql_db")
    def test_the_database_itself_refuses_a_forged_mark(self):
        self.take(self.quiz, 1)
        attempt = self.quiz.attempt_ids
        self.env.flush_all()
        for query in (
            "UPDATE callcenter_quiz_attempt SET percent = 100 WHERE id = %s",
            "UPDATE callcenter_quiz_attempt SET state = 'open' WHERE id = %s",
            "DELETE FROM callcenter_quiz_attempt WHERE id = %s",
            "UPDATE callcenter_quiz_mark SET passed = TRUE WHERE attempt_id = %s",
            "DELETE FROM callcenter_quiz_mark WHERE attempt_id = %s",
            "UPDATE callcenter_quiz_attempt_item SET fraction = 1"
            " WHERE attempt_id = %s",
            "DELETE FROM callcenter_quiz_attempt_item WHERE attempt_id = %s",
            "UPDATE callcenter_quiz_attempt_key SET key = '{}' WHERE item_id IN "
            "(SELECT id FROM callcenter_quiz_attempt_item WHERE attempt_id = %s)",
        ):
            with (
                self.subTest(query=query),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [attempt.id])

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_an_open_question_as_it_was_asked(self):
        attempt = self.attempt_of(self.runner.start(self.quiz.id))
        self.env.flush_all()
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE callcenter_quiz_attempt_item SET stem = 'easy'"
                " WHERE attempt_id = %s",
                [attempt.id],
            )
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE callcenter_quiz_attempt SET deadline_at = '2999-01-01'"
                " WHERE id = %s",
                [attempt.id],
            )

    def test_a_clearance_cannot_be_forged_by_hand(self):
        """Nothing but a closed attempt clears."""
        self.quiz._transition({"job_ids": self.job.ids})
        with self.assertRaises(UserError):
            self.env["callcenter.clearance"].with_user(self.users["operator"]).create(
                {"employee_id": self.operator.id, "quiz_id": self.quiz.id}
            )
        day = self.company._callcenter_today()
        self.assertEqual(
            [b["code"] for b in self.get_blockers(self.operator, day)],
            ["clearance_missing"],
        )

    def test_changing_the_pass_mark_later_changes_no_result(self):
        """A survey recomputed its finished marks when a weight was edited."""
        extra = {"name": "Codes", "question_count": 2, "quiz_id": self.quiz.id}
        codes = self.template("product_to_code")
        self.env["callcenter.quiz.section"].create(
            extra | {"template_ids": [(6, 0, codes.ids)]}
        )
        self.quiz.pass_percent = 80.0
        self.take(self.quiz, 4)  # four prices of weight 2, two codes of 0.5
        attempt = self.quiz.attempt_ids
        self.assertEqual((round(attempt.percent, 2), attempt.passed), (88.89, True))
        self.quiz.pass_percent = 100.0
        self.quiz.section_ids.pass_percent = 100.0
        codes.weight = 70
        self.env.invalidate_all()
        self.assertEqual((round(attempt.percent, 2), attempt.passed), (88.89, True))
        self.assertEqual(attempt.mark_id.percent, attempt.percent)

    def test_the_engine_methods_are_out_of_reach_by_rpc(self):
        """Of the models without a table only the two runners offer anything."""
        engines = [
            (model._name, cls)
            for model in self.env.values()
            if model._abstract and not model._inherit_children
            for cls in type(model).__mro__
            if cls.__module__.startswith("odoo.addons.callcenter_training")
            and model._name not in RUNNERS
        ]
        for name, cls in engines:
            own = {method for method in vars(cls) if not method.startswith("_")}
            self.assertEqual(own - {"pool"}, set(), name)
