from datetime import date

from odoo.exceptions import UserError

from ..common import TrainingCase


class TestChanges(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with_old = cls.build_products(12)
        cls.products = with_old
        cls.quiz = cls.build_quiz(
            job_ids=[(6, 0, cls.job.ids)],
            change_policy="delta",
            change_threshold=3,
            grace_days=2,
            avoid_attempts=0,
        )

    def pass_on_monday(self):
        with self.at("2026-03-02 07:00:00"):
            self.env.cr.execute(
                "UPDATE callcenter_fact SET create_date = '2026-03-01 00:00:00'"
            )
            self.take(self.quiz, 4)
        return self.operator.callcenter_clearance_ids

    def change(self, count, price=55):
        with self.at("2026-03-03 07:00:00"):
            for number, product in enumerate(self.products[:count]):
                product.list_price = price + number

    def follow(self, moment):
        with self.at(moment):
            self.env["callcenter.clearance"]._cron_follow_changes()

    def test_few_changes_ask_nothing(self):
        clearance = self.pass_on_monday()
        self.change(2)
        self.follow("2026-03-03 08:00:00")
        self.assertEqual(clearance.change_count, 2)
        self.assertFalse(clearance.delta_due_on)

    def test_many_changes_are_to_be_proven_and_suspend_after_the_grace(self):
        clearance = self.pass_on_monday()
        self.change(3)
        self.follow("2026-03-03 08:00:00")
        self.assertEqual(clearance.delta_due_on, date(2026, 3, 5))
        self.assertTrue(clearance._is_valid(date(2026, 3, 5)))
        with self.at("2026-03-04 07:00:00"):
            mine = self.quiz.with_user(self.users["operator"])
            self.assertEqual(mine.my_delta_due_on, date(2026, 3, 5))
        # Dates decide, whether or not the cron has run.
        self.assertFalse(clearance._is_valid(date(2026, 3, 6)))
        self.follow("2026-03-06 08:00:00")
        self.assertEqual(clearance.state, "suspended")
        (blocker,) = self.get_blockers(self.operator, date(2026, 3, 6))
        self.assertIn("3 changes", blocker["message"])

    def test_the_delta_quiz_asks_only_what_changed_and_restores_the_clearance(self):
        clearance = self.pass_on_monday()
        until = clearance.valid_until
        self.change(3)
        self.follow("2026-03-03 08:00:00")
        self.follow("2026-03-06 08:00:00")
        with self.at("2026-03-06 09:00:00"):
            # Suspended for his changes or not: the screen says what will be asked.
            self.assertEqual(self.runner.get_kind(self.quiz.id), "delta")
            mine = self.quiz.with_user(self.users["operator"])
            self.assertEqual(mine.my_state, "todo")
            self.assertEqual(mine.my_delta_due_on, date(2026, 3, 5))
            result = self.take(self.quiz, 4)
            self.assertEqual(self.runner.get_kind(self.quiz.id), "exam")
        attempt = self.env["callcenter.quiz.attempt"].browse(result["attempt_id"])
        self.assertEqual((attempt.kind, attempt.question_count), ("delta", 3))
        self.assertLessEqual(attempt.item_ids.product_tmpl_id, self.products[:3])
        self.assertTrue(result["passed"])
        self.assertEqual((clearance.state, clearance.valid_until), ("valid", until))
        self.assertFalse(clearance.delta_due_on)
        self.follow("2026-03-06 10:00:00")
        self.assertFalse(clearance.delta_due_on)

    def test_a_failed_delta_leaves_the_clearance_as_it_was(self):
        clearance = self.pass_on_monday()
        self.change(3)
        self.follow("2026-03-03 08:00:00")
        with self.at("2026-03-04 09:00:00"):
            self.take(self.quiz, 0)
        self.assertEqual(clearance.delta_due_on, date(2026, 3, 5))

    def test_changes_of_another_companys_goods_are_not_counted(self):
        clearance = self.pass_on_monday()
        other = self.env["res.company"].create({"name": "Other"})
        with self.at("2026-03-03 07:00:00"):
            for product in self.build_products(5, prefix="Foreign"):
                product.company_id = other
        self.follow("2026-03-03 08:00:00")
        self.assertEqual(clearance.change_count, 0)
        self.assertFalse(clearance.delta_due_on)

    def test_a_policy_of_nothing_asks_nothing(self):
        self.quiz.change_policy = "none"
        clearance = self.pass_on_monday()
        self.change(5)
        self.follow("2026-03-03 08:00:00")
        self.assertFalse(clearance.delta_due_on)

    def test_an_expired_clearance_takes_the_whole_quiz(self):
        clearance = self.pass_on_monday()
        self.change(3)
        self.follow("2026-03-03 08:00:00")
        with self.at("2027-03-02 07:00:00"):
            mine = self.quiz.with_user(self.users["operator"])
            self.assertFalse(mine.my_delta_due_on)
            status = self.runner.start(self.quiz.id)
        self.assertEqual(self.attempt_of(status).kind, "exam")
        self.assertTrue(clearance)

    def test_a_delta_without_changes_is_refused_in_words(self):
        clearance = self.pass_on_monday()
        clearance._transition({"delta_due_on": date(2026, 3, 5)})
        with self.at("2026-03-03 07:00:00"), self.assertRaises(UserError):
            self.runner.start(self.quiz.id)
