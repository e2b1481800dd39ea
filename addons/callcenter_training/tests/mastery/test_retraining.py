from odoo.addons.callcenter_ops.tests.figures.common import SupervisionCase
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..common import TRAINER


class TestRetraining(SupervisionCase):
    """A weak call leads to practice of what helps, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["trainer"] = new_test_user(
            cls.env, "cc_trainer", groups=f"base.group_user,{TRAINER}", tz="UTC"
        )
        cls.card = cls.build_scorecard()
        cls.topic = cls.env["callcenter.topic"].create(
            {"name": "Needs of clients", "code": "test_needs"}
        )
        for number in range(3):
            question = cls.env["callcenter.question"].create(
                {
                    "stem": f"What does client {number} need?",
                    "topic_id": cls.topic.id,
                    "option_ids": [
                        (0, 0, {"text": "Skis", "is_right": True}),
                        (0, 0, {"text": "Rest"}),
                    ],
                }
            )
            question._transition({"state": "ready"})
        cls.rule = cls.build_rule("Needs")

    @classmethod
    def build_rule(cls, criterion, **vals):
        found = cls.card.criterion_ids.filtered(lambda one: one.name == criterion)
        return (
            cls.env["callcenter.retraining.rule"]
            .with_user(cls.users["trainer"])
            .create(
                {"criterion_id": found.id, "topic_id": cls.topic.id, "goal": 2, **vals}
            )
        )

    def evaluate(self, needs, role="supervisor"):
        call = self.as_("supervisor", self.build_call("informed"))
        action = call.action_evaluate()
        evaluation = self.env["callcenter.evaluation"].browse(action["res_id"])
        evaluation = self.as_(role, evaluation)
        for line in evaluation.line_ids:
            line.answer = needs if line.criterion_id.name == "Needs" else "yes"
        evaluation.action_finish()
        return evaluation.sudo()

    def tasks(self):
        return self.env["callcenter.training.task"].search([])

    def test_a_call_below_the_mark_assigns_practice_that_links_back(self):
        with self.at("2026-03-02 07:00:00"):
            evaluation = self.evaluate("partly")
        task = self.tasks()
        self.assertEqual(task.employee_id, self.operator)
        self.assertEqual((task.topic_id, task.goal), (self.topic, 2))
        self.assertEqual(task.evaluation_id, evaluation)
        self.assertEqual(evaluation.training_task_ids, task)
        self.assertEqual(str(task.due_on), "2026-03-09")
        self.assertEqual(task.note, "A call was marked down: Needs")
        self.assertEqual(task.activity_ids.user_id, self.users["operator"])

    def test_a_call_above_the_mark_assigns_nothing(self):
        self.evaluate("yes")
        self.evaluate("na")
        self.rule.below_percent = 50
        self.evaluate("partly")
        self.assertFalse(self.tasks())

    def test_the_same_is_not_assigned_twice(self):
        self.evaluate("no")
        self.evaluate("no")
        self.assertEqual(len(self.tasks()), 1)

    def test_a_later_version_of_the_scorecard_counts_too(self):
        action = self.as_("supervisor", self.card).action_new_version()
        draft = self.env["callcenter.scorecard"].browse(action["res_id"])
        self.as_("supervisor", draft).action_approve()
        evaluation = self.evaluate("no")
        self.assertEqual(evaluation.scorecard_id, draft)
        self.assertEqual(len(self.tasks()), 1)

    def test_a_proposal_waits_for_the_supervisor_and_is_not_seen_by_the_operator(self):
        self.rule.is_proposal = True
        self.evaluate("no")
        task = self.tasks()
        self.assertEqual(task.state, "proposed")
        self.assertFalse(task.activity_ids)
        own = self.as_("operator", self.env["callcenter.training.task"])
        self.assertFalse(own.search([]))
        with self.assertRaises(AccessError):
            self.as_("operator", task).action_accept()
        self.as_("supervisor", task).action_accept()
        self.assertEqual(task.state, "open")
        self.assertTrue(task.activity_ids)
        self.assertEqual(own.search([]), task)

    def test_marks_that_fall_take_the_practice_back(self):
        evaluation = self.evaluate("no")
        self.as_("operator", evaluation).action_appeal("He asked for nothing")
        self.as_("director", evaluation).action_annul("True")
        self.assertEqual(self.tasks().state, "cancelled")

    def test_a_topic_without_questions_is_not_assigned(self):
        self.env["callcenter.question"].search(
            [("topic_id", "=", self.topic.id)]
        )._transition({"state": "retired"})
        self.evaluate("no")
        self.assertFalse(self.tasks())

    def test_trainers_alone_keep_the_rules(self):
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.rule).write({"goal": 1})
        self.assertEqual(self.rule.goal, 2)
