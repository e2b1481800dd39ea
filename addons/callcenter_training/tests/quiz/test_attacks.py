"""What was broken elsewhere is tried here: every attack must change nothing."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..common import TrainingCase

NOON = "2026-03-02 07:00:00"


class TestAttacks(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)
        cls.quiz = cls.build_quiz()
        cls.second = cls.build_operator("Operator Two")

    def begin(self):
        status = self.runner.start(self.quiz.id)
        return self.runner.question(status["attempt_id"])

    def answer(self, shown, choices, **changed):
        values = shown | changed
        return self.runner.answer(
            values["attempt_id"], values["position"], choices, values["nonce"]
        )

    def assert_nothing_stored(self, attempt):
        self.env.invalidate_all()
        self.assertFalse(any(attempt.item_ids.mapped("answered_at")))
        self.assertFalse(any(item.response for item in attempt.item_ids))

    def test_the_browser_gets_no_key_no_id_and_no_other_question(self):
        shown = self.begin()
        self.assertEqual(
            set(shown),
            {
                "attempt_id", "quiz", "state", "answered", "count", "is_complete",
                "remaining_seconds", "position", "nonce", "kind", "stem", "options",
                "image", "prompts", "pictures", "situation", "step", "step_count",
            },
        )  # fmt: skip
        self.assertTrue(all(isinstance(option, str) for option in shown["options"]))

    def test_a_position_out_of_range_is_refused(self):
        shown = self.begin()
        attempt = self.attempt_of(shown)
        for choices in ([4], [-1], [99], [1.5], ["1"], [True], [None], "0", 0):
            with self.subTest(choices=choices), self.assertRaises(UserError):
                self.answer(shown, choices)
            self.assert_nothing_stored(attempt)

    def test_an_id_of_an_option_of_elsewhere_is_no_answer(self):
        shown = self.begin()
        foreign = self.env["callcenter.fact"].search([], limit=1).id + 1000
        with self.assertRaises(UserError):
            self.answer(shown, [foreign])
        self.assert_nothing_stored(self.attempt_of(shown))

    def test_ticking_two_options_of_a_single_choice_is_refused(self):
        shown = self.begin()
        for choices in ([0, 1], [0, 0], [0, 1, 2, 3]):
            with self.subTest(choices=choices), self.assertRaises(UserError):
                self.answer(shown, choices)
        self.assert_nothing_stored(self.attempt_of(shown))

    def test_a_wrong_nonce_is_refused(self):
        shown = self.begin()
        for nonce in ("", "x", False, None, shown["nonce"] + "x"):
            with self.subTest(nonce=nonce), self.assertRaises(UserError):
                self.answer(shown, [0], nonce=nonce)
        self.assert_nothing_stored(self.attempt_of(shown))

    def test_a_question_not_shown_yet_cannot_be_answered(self):
        shown = self.begin()
        for position in (1, 3, 4, -1, 10**6):
            with self.subTest(position=position), self.assertRaises(UserError):
                self.answer(shown, [0], position=position)
        self.assert_nothing_stored(self.attempt_of(shown))

    def test_the_next_question_is_shown_only_after_an_answer(self):
        shown = self.begin()
        again = self.runner.question(shown["attempt_id"])
        self.assertEqual(again["position"], 0)
        self.assertEqual(again["stem"], shown["stem"])
        unseen = self.attempt_of(shown).item_ids.filtered("position")
        self.assertFalse(any(unseen.mapped("first_shown_at")))

    def test_the_same_answer_twice_is_stored_once(self):
        shown = self.begin()
        first = self.answer(shown, [0])
        self.assertEqual(self.answer(shown, [0]), first)
        self.assertEqual(first["answered"], 1)

    def test_an_answer_cannot_be_changed(self):
        shown = self.begin()
        self.answer(shown, [0])
        with self.assertRaises(UserError):
            self.answer(shown, [1])
        item = self.item_at(self.attempt_of(shown), 0)
        self.assertEqual(item.response, [0])

    def test_anothers_attempt_is_refused_everywhere(self):
        shown = self.begin()
        other = self.runner.with_user(self.second.user_id)
        id_ = shown["attempt_id"]
        for call in (
            lambda: other.question(id_),
            lambda: other.answer(id_, 0, [0], shown["nonce"]),
            lambda: other.submit(id_),
            lambda: other.result(id_),
            lambda: other.question(10**9),
        ):
            with self.assertRaises(AccessError):
                call()
        attempt = self.attempt_of(shown)
        self.assert_nothing_stored(attempt)
        self.assertEqual(attempt.state, "open")

    def test_a_late_answer_is_refused_and_the_attempt_ends_at_its_deadline(self):
        with self.at(NOON) as clock:
            shown = self.begin()
            attempt = self.attempt_of(shown)
            deadline = attempt.deadline_at
            clock.tick(timedelta(minutes=15, seconds=1))
            with self.assertRaises(UserError):
                self.answer(shown, self.right_answer(shown))
            self.assert_nothing_stored(attempt)
            self.assertEqual(self.runner.question(attempt.id)["state"], "expired")
        self.assertEqual(attempt.finished_at, deadline)
        self.assertEqual(attempt.percent, 0.0)

    def test_a_clock_set_back_gives_nobody_more_than_the_limit(self):
        with self.at(NOON):
            shown = self.begin()
        with self.at("2026-03-02 06:00:00"):
            again = self.runner.question(shown["attempt_id"])
            self.assertEqual(again["remaining_seconds"], 15 * 60)
            self.answer(shown, [0])
        item = self.item_at(self.attempt_of(shown), 0)
        self.assertEqual(item.seconds, 0)
        self.assertEqual(item.answered_at, item.first_shown_at)

    def test_nothing_is_answered_after_the_submission(self):
        shown = self.begin()
        result = self.runner.submit(shown["attempt_id"])
        self.assertEqual(result["percent"], 0.0)
        with self.assertRaises(UserError):
            self.answer(shown, self.right_answer(shown))
        self.assertEqual(self.runner.submit(shown["attempt_id"]), result)

    def test_starting_again_opens_no_second_draw(self):
        shown = self.begin()
        again = self.runner.start(self.quiz.id)
        self.assertEqual(again["attempt_id"], shown["attempt_id"])
        self.assertEqual(
            self.env["callcenter.quiz.attempt"].search_count(
                [("quiz_id", "=", self.quiz.id)]
            ),
            1,
        )

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_open_attempt(self):
        shown = self.begin()
        attempt = self.attempt_of(shown)
        with self.assertRaises(UserError):
            self.env["callcenter.quiz.attempt"]._open(self.quiz, attempt.employee_id)
        self.assertEqual(self.quiz.attempt_count, 1)

    def test_starts_are_counted_whether_finished_or_not(self):
        self.quiz.write({"max_starts": 2, "cooldown_hours": 0})
        with self.at(NOON) as clock:
            self.begin()
            clock.tick(timedelta(hours=1))
            self.begin()
            clock.tick(timedelta(hours=1))
            with self.assertRaisesRegex(UserError, "All 2 starts"):
                self.begin()
            clock.tick(timedelta(days=31))
            self.begin()

    def test_the_result_tells_topics_but_no_answers(self):
        result = self.take(self.quiz, 1)
        self.assertEqual(len(result["topics"]), 3)
        self.assertEqual(set(result["topics"][0]), {"topic", "product", "product_id"})
        self.assertNotIn("right", str(result))

    def test_the_result_is_hidden_while_the_attempt_is_open(self):
        shown = self.begin()
        with self.assertRaises(UserError):
            self.runner.result(shown["attempt_id"])
