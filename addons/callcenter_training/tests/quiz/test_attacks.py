"""What was broken elsewhere is tried here: every attack must change nothing."""

from datetime import timedelta

from odoo.addons.callcenter_ops.tests.common import GROUPS
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..common import TrainingCase

NOON = "2026-03-02 07:00:00"
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
                "image", "prompts",
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
        self.assertFalse(any(unseen.mapped("nonce")))

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

    def test_nobody_reads_the_keys(self):
        self.begin()
        users = [*self.users.values(), self.env.ref("base.user_admin")]
        for user in users:
            keys = self.env["callcenter.quiz.attempt.key"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    keys.search([])
                with self.assertRaises(AccessError):
                    keys.search_read([], ["key"])

    def test_an_operator_reads_no_questions_and_no_bank(self):
        self.begin()
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
                        lambda forged=forged: forged.write({"write_date": NOON}),
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
        attempt = self.attempt_of(self.begin())
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

    def test_a_clearance_cannot_be_forged_by_the_resume(self):
        """Nothing but a closed attempt clears: other models are not even read."""
        self.quiz.job_ids = self.job
        day = self.company._callcenter_today()
        self.assertEqual(
            [b["code"] for b in self.operator._get_callcenter_blockers(day)],
            ["clearance_missing"],
        )
        with self.assertRaises(UserError):
            self.env["callcenter.clearance"].with_user(self.users["operator"]).create(
                {"employee_id": self.operator.id, "quiz_id": self.quiz.id}
            )
        self.assertEqual(
            [b["code"] for b in self.operator._get_callcenter_blockers(day)],
            ["clearance_missing"],
        )

    def test_changing_the_pass_mark_later_changes_no_result(self):
        self.take(self.quiz, 4)
        attempt = self.quiz.attempt_ids
        self.quiz.write({"pass_percent": 100.0})
        self.template("price").weight = 7
        self.assertEqual((attempt.percent, attempt.passed), (100.0, True))

    def test_the_engine_methods_are_out_of_reach_by_rpc(self):
        for model in (
            "callcenter.quiz.draw",
            "callcenter.quiz.scorer",
            "callcenter.question.maker",
            "callcenter.option.source",
            "callcenter.fact.builder",
            "callcenter.fact.source",
            "callcenter.value.reader",
        ):
            own = [
                name
                for cls in type(self.env[model]).__mro__
                if cls.__module__.startswith("odoo.addons.callcenter_training")
                for name in vars(cls)
                if not name.startswith("_") and name != "pool"
            ]
            self.assertEqual(own, [], model)
