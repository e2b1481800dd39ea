from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..common import TRAINER
from ..written_case import WrittenCase

RATED = "callcenter.quiz.rating"


class TestRatings(WrittenCase):
    """A spoken answer is typed, waits for a person and is rated once by a rubric."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trainer = cls.users["trainer"]
        cls.second = new_test_user(cls.env, "second_rater", groups=TRAINER)

    def build_spoken(self, **vals):
        question = self.build(
            "spoken", ("Greets", "Names the price"), ready=False, **vals
        )
        question.option_ids[0].points = 4
        question.option_ids[1].points = 6
        self.release(question)
        return question

    def hand_in(self, text="Good day! It is 900.", **vals):
        """An attempt with one spoken answer, submitted."""
        self.retire_all()
        self.build_spoken(**vals)
        shown = self.ask(pass_percent=60)
        self.attempt_of(shown).quiz_id._transition({"job_ids": self.job.ids})
        answer = [text] if text else []
        self.runner.answer(shown["attempt_id"], 0, answer, shown["nonce"])
        self.result = self.runner.submit(shown["attempt_id"])
        return self.attempt_of(shown)

    def rate(self, attempt, *points, rater=None, remark="More warmth."):
        item = attempt.item_ids.with_user(rater or self.trainer)
        wizard = item.env["callcenter.quiz.rate"].browse(item.action_rate()["res_id"])
        for line, given in zip(wizard.line_ids, points, strict=True):
            line.points = given
        wizard.remark = remark
        wizard.action_save()
        return wizard

    def blockers(self):
        found = self.operator._get_callcenter_blockers(self.company._callcenter_today())
        return [
            blocker["message"]
            for blocker in found[self.operator.id]
            if blocker["code"] == "clearance_missing"
        ]

    def test_the_rubric_never_reaches_who_answers(self):
        self.build_spoken()
        shown = self.ask()
        self.assertEqual((shown["kind"], shown["options"]), ("spoken", []))
        for word in ("Greets", "Names the price"):
            self.assertNotIn(word, repr(shown))

    def test_until_it_is_rated_the_attempt_is_neither_passed_nor_failed(self):
        attempt = self.hand_in()
        self.assertEqual(self.result["state"], "rating")
        self.assertNotIn("percent", self.result)
        self.assertEqual((attempt.state, attempt.mark_ids.ids), ("rating", []))
        self.assertTrue(attempt.finished_at)
        self.assertFalse(self.operator.callcenter_clearance_ids)
        self.assertEqual(
            self.blockers(),
            ["The answers in the quiz “Balls” wait to be rated by a trainer."],
        )
        mine = attempt.quiz_id.with_user(self.users["operator"])
        self.assertEqual((mine.my_state, mine.passed_percent), ("rating", 0.0))
        with self.assertRaisesRegex(UserError, "wait to be rated"):
            self.runner.start(attempt.quiz_id.id)

    def test_the_rating_gives_the_mark_the_pass_and_the_clearance(self):
        attempt = self.hand_in()
        self.rate(attempt, 3, 5)
        self.assertEqual(
            (attempt.state, attempt.percent, attempt.passed), ("submitted", 80.0, True)
        )
        clearance = self.operator.callcenter_clearance_ids
        self.assertEqual((clearance.state, clearance.attempt_id), ("valid", attempt))
        self.assertEqual(self.blockers(), [])
        rating = attempt.rating_ids
        self.assertEqual(rating.points, [["Greets", 3, 4], ["Names the price", 5, 6]])
        self.assertEqual((rating.rater_id, rating.fraction), (self.trainer, 0.8))
        result = self.runner.result(attempt.id)
        self.assertEqual(result["percent"], 80.0)
        self.assertEqual(
            result["ratings"],
            [
                {
                    "stem": "What do you say?",
                    "percent": 80.0,
                    "remarks": ["More warmth."],
                }
            ],
        )
        self.assertNotIn("Greets", repr(result))

    def test_a_low_rating_fails_and_the_next_start_is_open(self):
        attempt = self.hand_in()
        self.rate(attempt, 1, 1)
        self.assertEqual((attempt.percent, attempt.passed), (20.0, False))
        self.assertEqual(attempt.mark_id.fail_reasons[:17], "The mark is 20.0 ")
        self.assertEqual(self.runner.start(attempt.quiz_id.id)["state"], "open")

    def test_a_second_save_is_refused(self):
        attempt = self.hand_in()
        wizard = self.rate(attempt, 3, 5)
        wizard.line_ids.points = 0
        for rater in (self.trainer, self.second):
            with self.assertRaises(UserError):
                wizard.with_user(rater).sudo(False).action_save()
            with self.assertRaises(UserError):
                attempt.item_ids.with_user(rater).action_rate()
        self.assertEqual((len(attempt.rating_ids), attempt.percent), (1, 80.0))

    def test_two_raters_at_once_give_one_rating(self):
        """Both had opened the rubric; the second save finds it rated."""
        attempt = self.hand_in()
        item = attempt.item_ids.with_user(self.second)
        late = item.env["callcenter.quiz.rate"].browse(item.action_rate()["res_id"])
        self.rate(attempt, 3, 5)
        with self.assertRaises(UserError):
            late.action_save()
        self.assertEqual(attempt.rating_ids.rater_id, self.trainer)

    def test_nobody_rates_himself(self):
        attempt = self.hand_in()
        operator = self.users["operator"]
        operator.group_ids |= self.env.ref(TRAINER)
        item = attempt.item_ids.with_user(operator)
        self.assertFalse(item.search([("is_mine_to_rate", "=", True)]))
        with self.assertRaisesRegex(UserError, "his own answer"):
            item.action_rate()
        self.assertEqual(attempt.state, "rating")

    def test_only_trainers_rate(self):
        attempt = self.hand_in()
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                attempt.item_ids.with_user(self.users[role]).action_rate()
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["callcenter.quiz.rate"].with_user(self.users[role]).create(
                    {"item_id": attempt.item_ids.id}
                )
        self.assertFalse(attempt.rating_ids)

    def test_an_open_attempt_is_not_read_through_a_rating(self):
        self.build_spoken()
        item = self.attempt_of(self.ask()).item_ids[:1]
        ratings = self.env["callcenter.quiz.rate"].with_user(self.trainer)
        kept = ratings.create({"item_id": item.id})
        self.env.invalidate_all()
        for name in ("situation", "stem", "answer_text", "is_critical"):
            with self.subTest(name), self.assertRaises(AccessError):
                kept.read([name])
            with self.subTest(name), self.assertRaises(AccessError):
                ratings.onchange({"item_id": item.id}, ["item_id"], {name: {}})

    def test_the_list_shows_what_waits_for_this_trainer(self):
        attempt = self.hand_in()
        waiting = [("is_mine_to_rate", "=", True)]
        items = self.env["callcenter.quiz.attempt.item"]
        for rater in (self.trainer, self.second):
            self.assertEqual(items.with_user(rater).search(waiting), attempt.item_ids)
        self.assertTrue(attempt.item_ids.with_user(self.trainer).is_mine_to_rate)
        self.rate(attempt, 4, 6)
        for rater in (self.trainer, self.second):
            self.assertFalse(items.with_user(rater).search(waiting))

    def test_a_critical_answer_is_rated_by_two_and_their_mean_counts(self):
        attempt = self.hand_in(is_critical=True, needed_percent=70)
        self.rate(attempt, 4, 6)
        self.assertEqual(attempt.state, "rating")
        with self.assertRaisesRegex(UserError, "You have rated"):
            self.rate(attempt, 4, 6)
        self.rate(attempt, 2, 2, rater=self.second)
        self.assertEqual((attempt.state, attempt.percent), ("submitted", 70.0))
        self.assertTrue(attempt.passed)

    def test_a_critical_answer_that_is_not_good_enough_fails(self):
        attempt = self.hand_in(is_critical=True, needed_percent=71)
        self.rate(attempt, 4, 6)
        self.rate(attempt, 2, 2, rater=self.second)
        self.assertEqual((attempt.percent, attempt.passed), (70.0, False))
        self.assertRegex(attempt.mark_id.fail_reasons, "Critical questions")

    def test_what_was_not_answered_waits_for_nobody(self):
        attempt = self.hand_in(text="")
        self.assertEqual((attempt.state, attempt.percent), ("submitted", 0.0))
        self.assertFalse(attempt.passed)

    def test_points_outside_of_the_rubric_are_refused(self):
        attempt = self.hand_in()
        for points in ((5, 6), (-1, 6)):
            with self.assertRaisesRegex(UserError, "between 0 and its most"):
                self.rate(attempt, *points)
        item = attempt.item_ids
        for points in ([4], [4, 6, 1], ["4", 6], [True, 6], [4.5, 6], "46", None):
            with self.assertRaises(UserError):
                item._rate(points, "", self.trainer)
        self.assertFalse(attempt.rating_ids)
        self.assertEqual(attempt.state, "rating")

    def test_an_overdue_attempt_is_rated_too_and_stays_one_whose_time_was_over(self):
        self.retire_all()
        self.build_spoken()
        with self.at("2026-03-02 07:00:00") as clock:
            shown = self.ask(pass_percent=60, time_limit=10)
            self.runner.answer(shown["attempt_id"], 0, ["Good day!"], shown["nonce"])
            clock.tick(601)
            attempt = self.attempt_of(shown)
            attempt._close()
            self.assertEqual(attempt.state, "rating")
            self.rate(attempt, 4, 6)
        self.assertEqual((attempt.state, attempt.passed), ("expired", True))
        self.assertEqual(attempt.finished_at, attempt.deadline_at)

    def test_what_waits_and_what_was_rated_is_kept_by_the_database(self):
        attempt = self.hand_in()
        item = attempt.item_ids
        self.env.flush_all()
        for change in (
            "UPDATE callcenter_quiz_attempt SET started_at = now()",
            "UPDATE callcenter_quiz_attempt SET state = 'open'",
            "UPDATE callcenter_quiz_attempt SET user_id = 1",
        ):
            self.refused(change, attempt)
        for change in (
            "UPDATE callcenter_quiz_attempt_item SET response = '[\"x\"]'",
            "UPDATE callcenter_quiz_attempt_item SET needed = 0.1",
        ):
            self.refused(change, item)
        self.rate(attempt, 3, 5)
        self.env.flush_all()
        rating = attempt.rating_ids
        self.refused("UPDATE callcenter_quiz_rating SET fraction = 1", rating)
        self.refused("DELETE FROM callcenter_quiz_rating", rating)
        self.refused("UPDATE callcenter_quiz_attempt_item SET fraction = 1", item)

    def refused(self, statement, record):
        refusal = self.assertRaises(IntegrityError), mute_logger("odoo.sql_db")
        with refusal[0], refusal[1], self.cr.savepoint():
            self.cr.execute(f"{statement} WHERE id = %s", [record.id])

    def test_no_hand_enters_a_rating(self):
        attempt = self.hand_in()
        vals = {
            "item_id": attempt.item_ids.id, "attempt_id": attempt.id, "turn": 1,
            "rater_id": self.trainer.id, "points": [], "fraction": 1.0,
        }  # fmt: skip
        for role in ("trainer", "director", "manager"):
            with self.assertRaises(UserError):
                self.env[RATED].with_user(self.users[role]).create(vals)
        self.assertFalse(attempt.rating_ids)

    def test_statistics_wait_for_the_rating_and_take_its_share(self):
        attempt = self.hand_in()
        stats = self.env["callcenter.item.stat"]
        mine = [("question_id", "=", attempt.item_ids.question_id.id)]
        stats._build()
        self.assertFalse(stats.search(mine))
        self.rate(attempt, 3, 5)
        stats._build()
        self.assertAlmostEqual(stats.search(mine).facility, 0.8)
        self.assertEqual(attempt.quiz_id.passed_percent, 100.0)

    def test_practice_never_asks_what_only_a_person_rates(self):
        self.retire_all()
        self.build_spoken()
        runner = self.env["callcenter.practice.runner"].with_user(
            self.users["operator"]
        )
        with self.assertRaisesRegex(UserError, "nothing to practise"):
            runner.next_card()
