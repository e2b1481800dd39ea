from odoo.exceptions import AccessError, UserError

from ..written_case import WrittenCase

NOON = "2026-03-02 07:00:00"
THINGS = ("right", "marks", "explanation", "feedback")


class TestReview(WrittenCase):
    """What is told of an answer, to whom and from which moment on."""

    def build_taught(self):
        """A question that says something of everything."""
        self.retire_all()
        question = self.build(
            "multiple", ("!A", "!B", "C"), ready=False, explanation="<p>Because.</p>"
        )
        for option in question.option_ids:
            option.feedback = f"Said of {option.text}."
        self.release(question)
        return question

    def begin(self, **rules):
        self.build_taught()
        rules = {f"review_{thing}": moment for thing, moment in rules.items()}
        return self.ask(**rules)

    def answer(self, shown, *texts):
        return self.runner.answer(
            shown["attempt_id"], 0, self.place(shown, *texts), shown["nonce"]
        )

    def review(self, shown):
        return self.runner.review(shown["attempt_id"])

    def test_as_shipped_nothing_is_told_but_the_mark(self):
        shown = self.begin()
        told = self.answer(shown, "A", "C")
        self.assertNotIn("lesson", told)
        result = self.runner.submit(shown["attempt_id"])
        self.assertFalse(result["has_review"])
        self.assertEqual(self.review(shown), [])
        for word in ("Because", "Said of"):
            self.assertNotIn(word, repr((shown, told, result)))

    def test_each_thing_is_told_by_itself(self):
        told = {
            "right": ["A", "B"],
            "marks": 50.0,
            "explanation": "<p>Because.</p>",
            "feedback": ["Said of A."],
        }
        for thing in THINGS:
            with self.subTest(thing=thing):
                shown = self.begin(**{thing: "after"})
                self.assertNotIn("lesson", self.answer(shown, "A"))
                self.runner.submit(shown["attempt_id"])
                (item,) = self.review(shown)
                shown_things = {name: item[name] for name in THINGS if name in item}
                if thing == "right":
                    shown_things["right"].sort()  # each attempt mixes the options
                self.assertEqual(shown_things, {thing: told[thing]})
                self.assertEqual(item["answer"], ["A"])

    def test_at_once_means_after_the_answer_and_never_before_it(self):
        shown = self.begin(right="during", marks="during", feedback="after")
        self.assertNotIn("lesson", shown)
        self.assertNotIn("right", repr(shown))
        with self.assertRaisesRegex(UserError, "still open"):
            self.review(shown)
        told = self.answer(shown, "A", "C")
        lesson = told["lesson"]
        self.assertEqual((sorted(lesson["right"]), lesson["marks"]), (["A", "B"], 0.0))
        self.assertNotIn("feedback", told["lesson"])
        self.assertNotIn("nonce", told, "the next question is asked for by itself")

    def test_what_was_told_does_not_let_the_answer_be_changed(self):
        shown = self.begin(right="during")
        self.answer(shown, "C")
        with self.assertRaisesRegex(UserError, "answered already"):
            self.answer(shown, "A", "B")
        self.assertCountEqual(self.answer(shown, "C")["lesson"]["right"], ["A", "B"])
        self.assertEqual(self.runner.submit(shown["attempt_id"])["percent"], 0.0)

    def test_when_the_quiz_is_closed_it_is_told_and_not_a_day_before(self):
        with self.at(NOON) as clock:
            shown = self.begin(right="closed")
            quiz = self.attempt_of(shown).quiz_id
            quiz._transition({"date_to": "2026-03-03"})
            self.answer(shown, "A")
            result = self.runner.submit(shown["attempt_id"])
            self.assertFalse(result["has_review"])
            self.assertEqual(self.review(shown), [])
            clock.tick(24 * 3600)
            self.assertEqual(self.review(shown), [])
            clock.tick(24 * 3600)
            self.assertCountEqual(self.review(shown)[0]["right"], ["A", "B"])

    def test_a_withdrawn_quiz_is_closed(self):
        shown = self.begin(right="closed")
        self.answer(shown, "A")
        self.runner.submit(shown["attempt_id"])
        self.attempt_of(shown).quiz_id._withdraw()
        self.assertCountEqual(self.review(shown)[0]["right"], ["A", "B"])

    def test_nobody_reviews_the_answers_of_another(self):
        shown = self.begin(right="after")
        self.answer(shown, "A")
        self.runner.submit(shown["attempt_id"])
        for role in ("supervisor", "trainer", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.runner.with_user(self.users[role]).review(shown["attempt_id"])

    def test_the_trainer_chooses_and_nobody_else(self):
        quiz = self.build_quiz()
        quiz.with_user(self.users["trainer"]).review_right = "after"
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                quiz.with_user(self.users[role]).review_right = "during"
        self.assertEqual(quiz.review_right, "after")

    def test_every_kind_tells_its_right_answer_in_words(self):
        kinds = {
            "single": (("!A", "B"), ["A"]),
            "number": ((), ["1.5"]),
            "short": (("!Skis", "Boots"), ["Skis"]),
            "order": (("One", "Two", "Three"), ["One", "Two", "Three"]),
            "match": (("a=A", "b=B", "c=C"), ["a — A", "b — B", "c — C"]),
        }
        for kind, (options, right) in kinds.items():
            with self.subTest(kind=kind):
                self.retire_all()
                self.build(kind, options, number=1.5)
                shown = self.ask(review_right="after")
                self.mark(shown, [])
                (item,) = self.review(shown)
                self.assertEqual((item["right"], item["answer"]), (right, []))

    def test_facts_tell_their_right_answer_too(self):
        self.build_products(12)
        quiz = self.build_quiz(review_right="after", review_marks="after")
        result = self.take(quiz, 4)
        items = self.runner.review(result["attempt_id"])
        self.assertEqual([item["marks"] for item in items], [100.0] * 4)
        self.assertEqual([item["right"] for item in items],
                         [item["answer"] for item in items])  # fmt: skip

    def test_a_quiz_that_is_over_stops_nobody_and_is_not_started(self):
        with self.at(NOON) as clock:
            quiz = self.build_quiz()
            quiz._transition({"job_ids": self.job.ids, "date_to": "2026-03-02"})
            today = self.company._callcenter_today()
            self.assertTrue(quiz._is_in_force(today))
            self.build_products(12)
            clock.tick(24 * 3600)
            self.assertFalse(quiz._is_in_force(self.company._callcenter_today()))
            with self.assertRaisesRegex(UserError, r"until 02\.03\.2026"):
                self.runner.start(quiz.id)

    def test_the_last_day_of_an_announced_quiz_stands(self):
        """A later day would stop people unawares: withdraw it and announce it anew."""
        quiz = self.build_quiz().with_user(self.users["trainer"])
        with self.assertRaises(UserError):
            quiz.date_to = "2030-01-01"
        self.assertFalse(quiz.date_to)

    def test_an_answer_asks_the_database_no_more_than_before(self):
        """Of a plain question, whatever other kinds and quizzes can do."""
        self.build_products(12)
        quiz = self.build_quiz([("Prices", ["price"], 8, {})])
        shown = self.runner.question(self.runner.start(quiz.id)["attempt_id"])
        shown = self.runner.answer(shown["attempt_id"], 0, [0], shown["nonce"])
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self.runner.answer(shown["attempt_id"], 1, [0], shown["nonce"])
            self.env.flush_all()
