"""Ways to a mark without the knowledge: reading the exam, learning it by heart."""

import random
from datetime import timedelta
from itertools import chain

from attack_case import AttackCase
from odoo.addons.callcenter_training.models.bank.question_maker import QuestionMaker
from odoo.addons.callcenter_training.models.quiz.exam_reserve import ExamReserve
from odoo.addons.callcenter_training.tests.common import TrainingCase
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

NOON = "2026-03-02 07:00:00"
ATTEMPT = "callcenter.quiz.attempt"
ITEM = "callcenter.quiz.attempt.item"
KEY = "callcenter.quiz.attempt.key"
ROLES = ("operator", "supervisor", "hr", "director", "manager", "trainer", "outsider")


@tagged("post_install", "-at_install")
class TestReadingTheExam(TrainingCase, HttpCase):
    """Nothing that anybody may read of an open attempt tells its right answers."""

    sign_in, ask, call = AttackCase.sign_in, AttackCase.ask, AttackCase.call
    get, export = AttackCase.get, AttackCase.export

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(40)
        cls.quiz = cls.build_quiz([("Prices", ["price"], 8, {})])
        cls.attempt = cls.env[ATTEMPT].browse(
            cls.runner.start(cls.quiz.id)["attempt_id"]
        )
        cls.runner.question(cls.attempt.id)
        cls.users["admin"] = cls.env.ref("base.user_admin")

    def everybody(self):
        for role in (*ROLES, "admin"):
            self.sign_in(role)
            yield role

    def about_attempts(self):
        """``[(model, field)]`` of all that points at an attempt or its questions."""
        return [
            (model, field.name)
            for model in self.env.values()
            if model._auto and not model._abstract
            for field in model._fields.values()
            if field.comodel_name in (ATTEMPT, ITEM, KEY)
            and field.store
            and field.type == "many2one"
        ]

    def test_nobody_reads_a_question_of_an_open_attempt(self):
        domain = [("attempt_id", "=", self.attempt.id)]
        for role in self.everybody():
            for method, kwargs in (
                ("search_read", {"domain": domain}),
                ("search_count", {"domain": domain}),
                ("read", {"ids": self.attempt.item_ids.ids}),
                ("web_search_read", {"domain": domain, "specification": {"stem": {}}}),
                ("export_data", None),
                ("formatted_read_group", {
                    "domain": domain, "groupby": ["stem"], "aggregates": ["__count"]}),
                ("name_search", {"name": "Ball"}),
            ):  # fmt: skip
                with self.subTest(role=role, method=method):
                    if method == "read":
                        answer = self.call(ITEM, method, kwargs["ids"])
                    elif method == "export_data":
                        names = ["stem", "options"]
                        ids = self.attempt.item_ids.ids
                        answer = self.call(ITEM, method, ids, names)
                    else:
                        answer = self.call(ITEM, method, **kwargs)
                    found = answer.result
                    if method == "web_search_read" and found:
                        found = found["records"]
                    self.assertFalse(found, answer.text[:300])
                    self.assertNotIn("Ball 0", answer.text)

    def test_nobody_reads_keys(self):
        for role in self.everybody():
            for names in (["key"], ["nonce"], ["item_id"], []):
                with self.subTest(role=role, names=names):
                    answer = self.call(KEY, "search_read", [], names)
                    self.assertEqual(answer.error, "odoo.exceptions.AccessError")

    def test_no_seed_order_or_nonce_is_a_field_of_what_people_read(self):
        for model in (ATTEMPT, ITEM):
            self.assertFalse(
                {"seed", "nonce", "key", "order", "right"}
                & set(self.env[model]._fields)
            )

    def test_no_condition_on_the_questions_is_an_oracle(self):
        own = ("id", "=", self.attempt.id)
        for role in self.everybody():
            for path in ("stem", "options", "prompts", "kind", "fact_id.value"):
                for operator, value in (("ilike", "a"), ("!=", False)):
                    domain = [own, (f"item_ids.{path}", operator, value)]
                    with self.subTest(role=role, domain=domain):
                        answer = self.call(ATTEMPT, "search_count", domain)
                        self.assertFalse(answer.result)

    def test_an_export_holds_no_question(self):
        for role in self.everybody():
            for model, names in (
                (ITEM, ["stem", "options", "response"]),
                (ATTEMPT, ["item_ids/stem", "item_ids/options"]),
                (ATTEMPT, ["quiz_id/attempt_ids/item_ids/stem"]),
            ):
                with self.subTest(role=role, model=model, names=names):
                    self.assertNotIn("Ball 0", self.export(model, [], names).text)

    def test_a_picture_of_a_question_is_no_address(self):
        item = self.attempt.item_ids[0]
        item._transition(
            {"image_128": self.env.user.image_128 or b"R0lGODlhAQABAAAAACw="}
        )
        for role in self.everybody():
            with self.subTest(role=role):
                page = self.get(f"/web/content/{ITEM}/{item.id}/image_128")
                self.assertEqual(page.response.status_code, 404)

    def test_a_regrading_begun_early_tells_no_question(self):
        for role in self.everybody():
            with self.subTest(role=role):
                answer = self.call(
                    "callcenter.quiz.regrade",
                    "default_get",
                    ["line_ids", "attempt_id", "reason"],
                    context={"default_attempt_id": self.attempt.id},
                )
                self.assertNotIn("Ball 0", answer.text)

    def test_nothing_that_points_at_an_attempt_tells_its_questions(self):
        stems = self.attempt.item_ids.mapped("stem")
        found = self.about_attempts()
        self.assertTrue(found)
        for role in self.everybody():
            for model, field in found:
                target = model._fields[field].comodel_name
                ids = (
                    self.attempt.ids if target == ATTEMPT else self.attempt.item_ids.ids
                )
                with self.subTest(role=role, model=model._name, field=field):
                    text = self.call(
                        model._name, "search_read", [(field, "in", ids)]
                    ).text
                    self.assertFalse([stem for stem in stems if stem in text])

    def test_the_right_positions_do_not_follow_from_anything_readable(self):
        """Each readable value is tried as the seed of the draw, in every usual form."""
        items = self.attempt.item_ids.sorted("position")
        keys = [self.key_of(item)["right"] for item in items]
        values = set()
        for _role in self.everybody():
            rows = self.call(ATTEMPT, "read", self.attempt.ids).result or []
            values |= set(chain.from_iterable(map(_flatten, rows)))
        self.assertGreater(len(values), 10)
        maker = QuestionMaker(self.env, is_exam=True)
        for value in values | {str(value) for value in values}:
            made = maker.make(items.fact_id, random.Random(value))
            guessed = [question["key"]["right"] for question in made]
            with self.subTest(value=value):
                self.assertNotEqual(guessed, keys)

    def test_two_draws_from_the_same_state_differ(self):
        """Whoever knows all of the database still does not know the next draw."""
        drawn = set()
        for _turn in range(6):
            with self.env.cr.savepoint() as savepoint:
                self.attempt._transition({"state": "void"})
                again = self.env[ATTEMPT]._open(self.quiz, self.operator)
                drawn.add(tuple(str(self.key_of(item)) for item in again.item_ids))
                savepoint.rollback()
            self.env.invalidate_all()
        self.assertGreater(len(drawn), 1)

    def test_a_nonce_of_another_question_or_person_opens_nothing(self):
        self.sign_in("operator")
        shown = self.call("callcenter.quiz.runner", "question", self.attempt.id).result
        nonces = self.env[KEY].search([("item_id", "in", self.attempt.item_ids.ids)])
        for nonce in [n for n in nonces.mapped("nonce") if n != shown["nonce"]]:
            answer = self.call(
                "callcenter.quiz.runner", "answer", self.attempt.id, 0, [0], nonce
            )
            self.assertEqual(answer.error, "odoo.exceptions.UserError")
        ahead = self.attempt.item_ids.filtered(lambda item: item.position == 1)
        nonce = nonces.filtered(lambda key: key.item_id == ahead).nonce
        answer = self.call(
            "callcenter.quiz.runner", "answer", self.attempt.id, 1, [0], nonce
        )
        self.assertEqual(answer.error, "odoo.exceptions.UserError")
        self.assertFalse(any(self.attempt.item_ids.mapped("answered_at")))

    def test_practice_waits_while_the_exam_is_open(self):
        self.sign_in("operator")
        answer = self.call("callcenter.practice.runner", "next_card")
        self.assertEqual(answer.error, "odoo.exceptions.UserError")

    def test_once_closed_the_trainer_reads_what_was_asked(self):
        """The other side: nothing of the daily work is refused."""
        self.runner.submit(self.attempt.id)
        self.sign_in("trainer")
        domain = [("attempt_id", "=", self.attempt.id)]
        rows = self.call(ITEM, "search_read", domain, ["stem", "options"]).result
        self.assertEqual(len(rows), 8)


def _flatten(value):
    """All plain values of a nested answer."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return list(chain.from_iterable(map(_flatten, value)))
    return [] if value is None or isinstance(value, bool) else [value]


@tagged("post_install", "-at_install")
class TestLearningByHeart(TrainingCase):
    """Practice teaches the goods and not the exam."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        questions = cls.env["callcenter.question"].search([])
        questions._transition({"state": "retired"})
        cls.env["callcenter.quiz.section"].search([])._measure_reserve()
        cls.build_products(60)
        cls.quiz = cls.build_quiz([("Prices", ["price"], 10, {})], avoid_attempts=0)
        cls.section = cls.quiz.section_ids
        cls.practice = cls.env["callcenter.practice.runner"].with_user(
            cls.users["operator"]
        )
        cls.company.callcenter_practice_hour = 3600

    def build_questions(self, count, topic=None):
        topic = topic or self.env["callcenter.topic"].create({"name": "T", "code": "t"})
        options = [{"text": "Yes", "is_right": True}, {"text": "No"}]
        questions = self.env["callcenter.question"].create(
            [
                {
                    "stem": f"Question {number}",
                    "topic_id": topic.id,
                    "option_ids": [(0, 0, vals) for vals in options],
                }
                for number in range(count)
            ]
        )
        questions._transition({"state": "review"})
        self.as_("trainer", questions).action_approve()
        return questions

    def build_written_quiz(self, topic, count=5):
        extra = {"source": "questions", "topic_ids": [(6, 0, topic.ids)]}
        return self.build_quiz([("Words", [], count, extra)])

    def kept_products(self):
        reserve = ExamReserve(self.env, self.company)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT f.product_tmpl_id FROM callcenter_fact f WHERE %s",
                reserve.is_kept(),
            )
        )
        return {id_ for (id_,) in rows}

    def show_cards(self, count):
        """``count`` cards of practice, each answered."""
        cards = self.env["callcenter.practice.card"]
        for _turn in range(count):
            shown = self.practice.next_card()
            card = cards.browse(shown["card_id"])
            choices = card.key.get("right") or [card.key["value"]]
            self.practice.answer_card(card.id, choices, shown["nonce"])
            cards |= card
        return cards

    def test_a_large_bank_keeps_a_reserve_and_a_small_one_says_that_it_does_not(self):
        self.assertTrue(self.section.holds_reserve)
        self.assertFalse(self.quiz.reserve_warning)
        self.section.question_count = 25
        self.assertFalse(self.section.holds_reserve)
        self.assertIn("Prices", self.quiz.reserve_warning)

    def test_practice_never_shows_goods_that_exams_keep(self):
        kept = self.kept_products()
        self.assertTrue(kept)
        shown = self.show_cards(80).fact_id.filtered(
            lambda fact: fact.template_id == self.template("price")
        )
        self.assertTrue(shown)
        self.assertFalse(set(shown.product_tmpl_id.ids) & kept)

    def test_what_an_exam_asked_does_not_come_back_in_practice(self):
        """A wrong answer is due at once; a kept product stays kept."""
        self.take(self.quiz, 0)
        with self.at(self.env.cr.now() + timedelta(days=3)):
            shown = self.show_cards(40).fact_id.filtered(
                lambda fact: fact.template_id == self.template("price")
            )
        self.assertFalse(set(shown.product_tmpl_id.ids) & self.kept_products())

    def test_every_exam_asks_its_share_of_kept_goods(self):
        kept = self.kept_products()
        for _turn in range(3):
            self.take(self.quiz, 10)
        for attempt in self.quiz.attempt_ids:
            asked = set(attempt.item_ids.product_tmpl_id.ids)
            self.assertGreaterEqual(len(asked & kept), 3)

    def test_a_morning_round_reads_out_no_kept_goods(self):
        self.take(self.quiz, 0)
        self.company.callcenter_exam_reserve = 50
        briefing = self.env["callcenter.briefing"].create(
            {"department_id": self.department.id, "question_count": 30}
        )
        self.as_("supervisor", briefing).action_fill()
        asked = briefing.line_ids.fact_id.product_tmpl_id
        self.assertTrue(asked)
        self.assertFalse(set(asked.ids) & self.kept_products())

    def test_the_wrong_options_and_the_words_of_exams_are_others(self):
        self.template("price").exam_stem = "A client asks what {product} costs."
        facts = self.env["callcenter.fact"].search(
            [("template_id", "=", self.template("price").id)], limit=10
        )
        for fact in facts:
            exam, practice = (
                QuestionMaker(self.env, is_exam).make(fact, random.Random(1))[0]
                for is_exam in (True, False)
            )
            self.assertNotEqual(exam["stem"], practice["stem"])
            common = set(exam["options"]) & set(practice["options"])
            right = [exam["options"][place] for place in exam["key"]["right"]]
            self.assertEqual(common, set(right))

    def test_written_questions_draw_lots_at_their_release(self):
        self.company.callcenter_exam_reserve = 50
        questions = self.build_questions(60)
        kept = questions.filtered("is_reserved")
        self.assertTrue(10 < len(kept) < 50)
        quiz = self.build_written_quiz(questions.topic_id)
        self.assertTrue(quiz.section_ids.holds_reserve)
        shown = self.show_cards(120).question_id
        self.assertTrue(shown)
        self.assertFalse(shown & kept)
        self.take(quiz, 5)
        asked = quiz.attempt_ids.item_ids.question_id
        self.assertGreaterEqual(len(asked & kept), 3)

    def test_a_small_bank_of_written_questions_is_practised_whole(self):
        questions = self.build_questions(6)
        questions._transition({"is_reserved": True})
        quiz = self.build_written_quiz(questions.topic_id)
        self.assertFalse(quiz.section_ids.holds_reserve)
        self.assertIn("Words", quiz.reserve_warning)
        practised = ExamReserve(self.env, self.company).get_practised_domain()
        self.assertEqual(
            self.env["callcenter.question"].search_count(
                practised & _ready(questions.topic_id)
            ),
            6,
        )

    def test_a_new_version_keeps_the_lot_of_the_old_one(self):
        question = self.build_questions(1)
        question._transition({"is_reserved": True})
        action = self.as_("trainer", question).action_new_version()
        draft = question.browse(action["res_id"])
        self.assertFalse(draft.is_reserved)
        draft._transition({"state": "review", "create_uid": self.env.uid})
        self.env.cr.execute(
            "UPDATE callcenter_question SET create_uid = 1 WHERE id = %s", [draft.id]
        )
        self.as_("trainer", draft).action_approve()
        self.assertTrue(draft.is_reserved)

    def test_nobody_takes_a_question_out_of_the_reserve_by_hand(self):
        question = self.build_questions(1)
        for record, values in (
            (question, {"is_reserved": not question.is_reserved}),
            (self.section, {"holds_reserve": False}),
        ):
            for role in ROLES:
                with (
                    self.subTest(role=role, values=values),
                    self.assertRaises(UserError),
                ):
                    self.as_(role, record).write(values)
        self.assertTrue(self.section.holds_reserve)

    def test_no_more_cards_an_hour_than_a_person_can_learn_from(self):
        self.company.callcenter_practice_hour = 5
        with self.at(NOON) as clock:
            self.show_cards(5)
            with self.assertRaisesRegex(UserError, "Go on after 13:00"):
                self.practice.next_card()
            clock.tick(timedelta(minutes=59))
            with self.at(clock()), self.assertRaises(UserError):
                self.practice.next_card()
        with self.at("2026-03-02 08:00:01"):
            self.show_cards(1)
        cards = self.env["callcenter.practice.card"].search_count(
            [("employee_id", "=", self.operator.id)]
        )
        self.assertEqual(cards, 6)

    def test_cards_left_unanswered_count_as_well(self):
        self.company.callcenter_practice_hour = 3
        for _turn in range(3):
            self.practice.next_card()
        with self.assertRaises(UserError):
            self.practice.next_card()

    def sit(self, seconds, known):
        """An attempt that answers rightly what ``known(fact)`` says."""
        with self.at("2026-03-03 07:00:00") as clock:
            shown = self.runner.question(self.runner.start(self.quiz.id)["attempt_id"])
            while "nonce" in shown:
                clock.tick(timedelta(seconds=seconds))
                attempt = self.attempt_of(shown)
                fact = self.item_at(attempt, shown["position"]).fact_id
                choose = self.right_answer if known(fact) else self.wrong_answer
                shown = self.runner.answer(
                    attempt.id, shown["position"], choose(shown), shown["nonce"]
                )
            self.runner.submit(attempt.id)
        return attempt.signal_ids.filtered(lambda signal: signal.kind == "learnt")

    def learn(self, kept=None):
        """Practise everything that practice shows: all but ``kept`` goods."""
        facts = self.env["callcenter.fact"].search(
            [("template_id", "=", self.template("price").id)]
        )
        kept = self.kept_products() if kept is None else kept
        practised = facts.filtered(lambda fact: fact.product_tmpl_id.id not in kept)
        self.env["callcenter.practice.card"].create(
            [
                {
                    "employee_id": self.operator.id,
                    "company_id": self.company.id,
                    "fact_id": fact.id,
                    "kind": "single",
                    "key": {"right": [0]},
                    "nonce": "x",
                    "answered_at": NOON,
                }
                for fact in practised
            ]
        )
        return practised

    def test_answers_that_only_practice_taught_leave_a_signal(self):
        """However slowly they come: what practice kept back is not known."""
        self.ask_of_many_goods()
        practised = self.learn()
        signal = self.sit(20, lambda fact: fact in practised)
        self.assertEqual(len(signal), 1)
        self.assertGreaterEqual(signal.figure, 4)

    def ask_of_many_goods(self):
        """Enough is asked for some of either kind, wherever the draw begins."""
        self.company.callcenter_exam_reserve = 25
        self.build_products(60, prefix="Net")
        self.section.question_count = 20
        self.assertTrue(self.section.holds_reserve)

    def test_answers_faster_than_reading_leave_a_signal(self):
        self.learn(kept=())
        self.assertTrue(self.sit(3, lambda fact: True))

    def test_whoever_knows_the_goods_leaves_no_signal(self):
        self.learn()
        self.assertFalse(self.sit(12, lambda fact: True))


def _ready(topic):
    from odoo.fields import Domain

    return Domain("state", "=", "ready") & Domain("topic_id", "=", topic.id)
