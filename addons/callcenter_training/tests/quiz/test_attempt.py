import random

from odoo.exceptions import UserError

from ...models.quiz.fact_draw import FactDraw
from ..common import TrainingCase

NOON = "2026-03-02 07:00:00"


class TestAttempt(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(20)
        cls.build_products(8, cls.skis, "Ski")

    def test_an_operator_takes_a_quiz_and_passes(self):
        quiz = self.build_quiz()
        result = self.take(quiz, 4)
        self.assertEqual((result["state"], result["percent"]), ("submitted", 100.0))
        self.assertTrue(result["passed"])
        self.assertEqual(result["reasons"], [])
        self.assertEqual(result["topics"], [])

    def test_below_the_pass_mark_is_not_passed(self):
        result = self.take(self.build_quiz(pass_percent=80), 3)
        self.assertEqual((result["percent"], result["passed"]), (75.0, False))
        self.assertEqual(result["reasons"], ["The mark is 75.0 %, 80.0 % are needed."])
        # sqrt(0.75 * 0.25 / 3) = 0.25
        self.assertAlmostEqual(result["error"], 25.0)

    def test_the_reasons_write_numbers_as_the_persons_language_does(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.users["operator"].lang = "ru_RU"
        (reason,) = self.take(self.build_quiz(), 3)["reasons"]
        self.assertRegex(reason, "75,0 .*80,0 ")

    def test_exactly_the_pass_mark_is_passed(self):
        quiz = self.build_quiz([("Prices", ["price"], 10, {})], pass_percent=80)
        self.assertTrue(self.take(quiz, 8)["passed"])

    def test_a_section_below_its_own_mark_fails_the_whole(self):
        (self.template("price") | self.template("product_to_code")).weight = 1
        quiz = self.build_quiz(
            [
                ("Codes", ["product_to_code"], 8, {}),
                ("Prices", ["price"], 2, {"pass_percent": 100}),
            ],
            pass_percent=80,
        )
        result = self.take(quiz, 9)
        self.assertGreaterEqual(result["percent"], 80)
        self.assertFalse(result["passed"])
        self.assertEqual(result["reasons"], ["“Prices”: 50.0 %, 100.0 % are needed."])

    def test_a_wrong_critical_question_fails_whatever_the_mark(self):
        quiz = self.build_quiz(
            [
                ("Prices", ["price"], 9, {}),
                ("Codes", ["product_to_code"], 1, {"is_critical": True}),
            ]
        )
        result = self.take(quiz, 9)
        self.assertFalse(result["passed"])
        self.assertEqual(result["reasons"], ["Critical questions answered wrongly: 1."])

    def test_weights_count_in_the_mark(self):
        self.template("price").weight = 3
        self.template("product_to_code").weight = 1
        quiz = self.build_quiz(
            [("Prices", ["price"], 1, {}), ("Codes", ["product_to_code"], 1, {})]
        )
        self.assertEqual(self.take(quiz, 1)["percent"], 75.0)

    def test_quotas_are_kept_and_no_product_comes_twice(self):
        quiz = self.build_quiz(
            [
                ("Prices", ["price"], 6, {"categ_ids": [(6, 0, self.balls.ids)]}),
                ("Skis", ["price", "product_to_code"], 4, {
                    "categ_ids": [(6, 0, self.skis.ids)]}),
            ]
        )  # fmt: skip
        attempt = self.attempt_of(self.runner.start(quiz.id))
        items = attempt.item_ids
        self.assertEqual(items.mapped("section_key"), [0] * 6 + [1] * 4)
        self.assertEqual(len(items.product_tmpl_id), 10)
        self.assertEqual(items[6:].product_tmpl_id.categ_id, self.skis)
        self.assertEqual(
            sorted(items[6:].template_id.mapped("code")), ["price", "product_to_code"]
        )

    def test_a_product_that_was_taken_costs_no_template_its_turn(self):
        rows = [(1, 11, 7), (1, 12, 8), (1, 13, 9), (2, 21, 7), (2, 22, 8), (2, 23, 9)]
        draw = FactDraw(self.env["callcenter.quiz.attempt"], random.Random(1))
        self.assertEqual(
            draw._take_turns(rows),
            [(11, 7), (22, 8), (13, 9), (21, 7), (12, 8), (23, 9)],
        )

    def test_a_bank_too_small_is_refused_in_words_and_leaves_nothing(self):
        quiz = self.build_quiz([("Prices", ["price"], 40, {})])
        with self.assertRaisesRegex(UserError, "the bank can ask 28"):
            self.runner.start(quiz.id)
        with self.assertRaisesRegex(UserError, "no questions"):
            self.runner.start(self.env["callcenter.quiz"].create({"name": "Empty"}).id)

    def test_questions_of_the_last_attempts_are_not_repeated(self):
        quiz = self.build_quiz([("Prices", ["price"], 9, {})], avoid_attempts=1)
        self.take(quiz, 0)
        self.take(quiz, 0)
        first, second = quiz.attempt_ids.sorted("id")
        self.assertFalse(first.item_ids.fact_id & second.item_ids.fact_id)

    def test_a_small_bank_repeats_rather_than_refuses(self):
        quiz = self.build_quiz([("Prices", ["price"], 20, {})], avoid_attempts=1)
        self.take(quiz, 0)
        self.take(quiz, 0)
        self.assertEqual(quiz.attempt_count, 2)

    def test_the_least_asked_come_first(self):
        quiz = self.build_quiz([("Prices", ["price"], 14, {})], avoid_attempts=0)
        self.take(quiz, 0)
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        self.take(quiz, 0)
        first, second = quiz.attempt_ids.sorted("id")
        self.assertFalse(first.item_ids.fact_id & second.item_ids.fact_id)

    def test_new_and_changed_facts_get_their_share(self):
        changed = self.env["product.template"].search([("name", "=like", "Ball 00_")])
        changed[:5].list_price = 7777
        quiz = self.build_quiz([("Prices", ["price"], 8, {})], fresh_percent=50)
        attempt = self.attempt_of(self.runner.start(quiz.id))
        fresh = attempt.item_ids.filtered(lambda item: item.fact_id.version > 1)
        self.assertGreaterEqual(len(fresh), 4)

    def test_a_closed_browser_comes_back_to_the_same_question(self):
        quiz = self.build_quiz()
        with self.at(NOON) as clock:
            shown = self.runner.question(self.runner.start(quiz.id)["attempt_id"])
            clock.tick(120)
            again = self.runner.question(self.runner.start(quiz.id)["attempt_id"])
        self.assertEqual(again["remaining_seconds"], shown["remaining_seconds"] - 120)
        for name in ("position", "nonce", "stem", "options"):
            self.assertEqual(again[name], shown[name])

    def test_an_overdue_attempt_is_closed_by_the_cron_with_its_deadline(self):
        quiz = self.build_quiz(time_limit=10, pass_percent=25)
        with self.at(NOON) as clock:
            shown = self.runner.question(self.runner.start(quiz.id)["attempt_id"])
            self.runner.answer(
                shown["attempt_id"], 0, self.right_answer(shown), shown["nonce"]
            )
            clock.tick(601)
            with self.enter_registry_test_mode():
                self.env.ref(
                    "callcenter_training.ir_cron_close_overdue"
                ).method_direct_trigger()
        attempt = quiz.attempt_ids
        self.env.invalidate_all()
        self.assertEqual(attempt.state, "expired")
        self.assertEqual(attempt.finished_at, attempt.deadline_at)
        self.assertEqual((attempt.percent, attempt.passed), (25.0, True))

    def test_a_new_start_closes_the_overdue_attempt_first(self):
        quiz = self.build_quiz(time_limit=10)
        with self.at(NOON) as clock:
            first = self.runner.start(quiz.id)
            clock.tick(700)
            second = self.runner.start(quiz.id)
        self.assertNotEqual(first["attempt_id"], second["attempt_id"])
        self.assertEqual(self.attempt_of(first).state, "expired")

    def test_who_looks_before_the_start_is_told_what_is_left(self):
        quiz = self.build_quiz(max_starts=2, cooldown_hours=0)
        rules = self.runner.get_rules(quiz.id)
        self.assertEqual(rules, {"kind": "exam", "starts_left": 2, "refusal": ""})
        for _start in range(2):
            self.runner.submit(self.runner.start(quiz.id)["attempt_id"])
        rules = self.runner.get_rules(quiz.id)
        self.assertEqual(rules["starts_left"], 0)
        self.assertIn("All 2 starts", rules["refusal"])

    def test_the_cooldown_is_told_with_its_end(self):
        quiz = self.build_quiz(cooldown_hours=2)
        with self.at(NOON) as clock:
            self.take(quiz, 0)
            clock.tick(3600)
            with self.assertRaisesRegex(UserError, r"after 02\.03\.2026 14:00"):
                self.runner.start(quiz.id)
            clock.tick(3600)
            status = self.runner.start(quiz.id)
        self.assertEqual(status["state"], "open")

    def test_a_pass_opens_a_new_series_of_starts(self):
        quiz = self.build_quiz(max_starts=1)
        with self.at(NOON) as clock:
            self.take(quiz, 4)
            clock.tick(60)
            status = self.runner.start(quiz.id)
            attempt = self.attempt_of(status)
            self.assertEqual((attempt.state, len(quiz.attempt_ids)), ("open", 2))
            # The second series has one start as well, and it is used now.
            self.runner.submit(status["attempt_id"])
            with self.assertRaisesRegex(UserError, "All 1 starts"):
                self.runner.start(quiz.id)

    def test_a_person_without_an_employee_is_told_whom_to_ask(self):
        runner = self.env["callcenter.quiz.runner"].with_user(self.users["hr"])
        with self.assertRaisesRegex(UserError, "ask HR"):
            runner.start(self.build_quiz().id)

    def test_an_empty_answer_is_an_answer_that_earns_nothing(self):
        quiz = self.build_quiz()
        shown = self.runner.question(self.runner.start(quiz.id)["attempt_id"])
        after = self.runner.answer(shown["attempt_id"], 0, [], shown["nonce"])
        self.assertEqual((after["answered"], after["position"]), (1, 1))
        self.assertEqual(self.runner.submit(shown["attempt_id"])["percent"], 0.0)

    def test_a_product_changed_meanwhile_leaves_the_question_as_it_was(self):
        with self.at(NOON):
            quiz = self.build_quiz()
            shown = self.runner.question(self.runner.start(quiz.id)["attempt_id"])
            item = self.item_at(self.attempt_of(shown), 0)
            right = self.right_answer(shown)
            item.product_tmpl_id.list_price = 9
            self.assertEqual(self.runner.question(shown["attempt_id"]), shown)
            self.runner.answer(shown["attempt_id"], 0, right, shown["nonce"])
            self.runner.submit(shown["attempt_id"])
            self.assertEqual(item.fraction, 1.0)

    def test_a_product_that_was_asked_about_is_kept_as_evidence(self):
        quiz = self.build_quiz()
        self.take(quiz, 0)
        self.env.flush_all()
        product = quiz.attempt_ids.item_ids.product_tmpl_id[0]
        product.active = False
        self.assertTrue(quiz.attempt_ids.item_ids.product_tmpl_id)
