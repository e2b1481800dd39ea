from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..common import TrainingCase


class TestBriefingEffect(TrainingCase):
    """Two people answer four price questions of balls before a round and after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(8)
        cls.quiz = cls.build_quiz([("Prices", ["price"], 4, {})])
        cls.second = cls.build_operator("Operator Two")

    def take_both(self, right):
        for runner in (self.runner, self.runner.with_user(self.second.user_id)):
            self.take(self.quiz, right, runner)

    def hold_round(self, days_ago=0):
        briefing = (
            self.env["callcenter.briefing"]
            .with_user(self.users["supervisor"])
            .create(
                {
                    "department_id": self.department.id,
                    "question_count": 3,
                    "date": self.env.company._callcenter_today()
                    - timedelta(days=days_ago),
                }
            )
        )
        briefing.action_fill()
        return briefing

    def move_answers(self, days):
        """The answers given so far were given so many days ago (SQL: evidence)."""
        self.env.flush_all()
        self.env.cr.execute(
            """ALTER TABLE callcenter_quiz_attempt_item
                   DISABLE TRIGGER callcenter_quiz_attempt_item_guard;
               UPDATE callcenter_quiz_attempt_item
                  SET answered_at = answered_at - make_interval(days => %s);
               ALTER TABLE callcenter_quiz_attempt_item
                   ENABLE TRIGGER callcenter_quiz_attempt_item_guard;
               ALTER TABLE callcenter_quiz_attempt
                   DISABLE TRIGGER callcenter_quiz_attempt_guard;
               UPDATE callcenter_quiz_attempt
                  SET started_at = started_at - make_interval(days => %s);
               ALTER TABLE callcenter_quiz_attempt
                   ENABLE TRIGGER callcenter_quiz_attempt_guard""",
            [days, days],
        )
        self.env.invalidate_all()

    def read(self, briefing, role="supervisor"):
        self.env["callcenter.briefing.effect"]._cron_keep()
        model = self.as_(role, self.env["callcenter.briefing.effect"])
        rows = model.search([("briefing_id", "=", briefing.id)], order="phase")
        self.assertEqual(rows.mapped("phase"), ["1_before", "2_after"])
        return rows

    def test_answers_on_either_side_of_a_round_are_compared(self):
        self.take_both(1)
        self.move_answers(5)
        briefing = self.hold_round(days_ago=2)
        self.take_both(3)
        before, after = self.read(briefing)
        self.assertEqual(before.mapped("answer_count"), [8])
        self.assertEqual((before.person_count, after.person_count), (2, 2))
        self.assertEqual((before.right_percent, after.right_percent), (25.0, 75.0))
        self.assertRegex(after.verdict, "Fewer than 30 answers")

    def test_from_thirty_answers_on_a_clear_gain_is_said_to_be_one(self):
        for _start in range(4):
            self.take_both(0)
        self.move_answers(5)
        briefing = self.hold_round(days_ago=2)
        for _start in range(4):
            self.take_both(4)
        before, after = self.read(briefing)
        self.assertEqual((before.answer_count, after.answer_count), (32, 32))
        self.assertLess(before.high, after.low)
        self.assertRegex(after.verdict, "Better beyond chance")

    def test_what_lies_more_than_a_month_away_is_left_out(self):
        self.take_both(1)
        briefing = self.hold_round()
        self.move_answers(31)
        before, after = self.read(briefing)
        self.assertEqual((before.answer_count, after.answer_count), (0, 0))
        self.assertFalse(before.right_percent)

    def test_figures_stay_when_the_month_after_a_round_is_over(self):
        self.take_both(1)
        self.move_answers(40)
        briefing = self.hold_round(days_ago=35)
        before, _after = self.read(briefing)
        self.assertEqual((before.person_count, before.answer_count), (2, 8))
        self.move_answers(100)
        before, _after = self.read(briefing)
        self.assertEqual((before.person_count, before.answer_count), (2, 8))

    def test_a_night_costs_alike_for_one_round_and_for_many(self):
        self.take_both(1)
        self.hold_round()
        effects = self.env["callcenter.briefing.effect"]
        effects._cron_keep()
        costs = []
        for count in (1, 8):
            for _round in range(count):
                self.hold_round()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            effects._cron_keep()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(effects.search_count([]), 20)
        self.assertEqual(costs[0], costs[1])

    def test_a_stranger_and_an_operator_see_nothing(self):
        self.take_both(1)
        briefing = self.hold_round()
        stranger = new_test_user(
            self.env, "cc_stranger", groups="callcenter_ops.group_supervisor"
        )
        model = self.env["callcenter.briefing.effect"]
        domain = [("briefing_id", "=", briefing.id)]
        self.assertFalse(model.with_user(stranger).search(domain))
        with self.assertRaises(AccessError):
            self.as_("operator", model).search(domain)
