from odoo.exceptions import UserError, ValidationError

from ...models.quiz.signal_finder import SignalFinder
from ..written_case import WrittenCase


class TestTypedAnswers(WrittenCase):
    """A short answer goes from the bank through a quiz to its mark."""

    ANSWERS = ("!Крепление", "!Фиксатор", "Ботинок")

    def ask_short(self, **vals):
        self.build("short", self.ANSWERS, typos=1, **vals)
        return self.ask()

    def test_the_browser_gets_none_of_the_answers(self):
        shown = self.ask_short()
        self.assertEqual((shown["kind"], shown["options"]), ("short", []))
        for answer in ("Крепление", "Фиксатор", "Ботинок"):
            self.assertNotIn(answer, repr(shown))
        item = self.attempt_of(shown).item_ids
        self.assertFalse(item.options or item.prompts)

    def test_each_accepted_answer_earns_the_mark_however_it_is_typed(self):
        for given in ("крепление", "ФИКСАТОР.", "крипление"):
            self.retire_all()
            self.assertEqual(self.mark(self.ask_short(), [given]), 100.0, given)

    def test_a_wrong_answer_earns_nothing_and_is_kept_as_typed(self):
        shown = self.ask_short()
        self.assertEqual(self.mark(shown, ["  Ботинок "]), 0.0)
        item = self.attempt_of(shown).item_ids
        self.assertEqual((item.response, item.fraction), (["Ботинок"], 0.0))

    def test_what_no_person_types_is_refused_or_left_out(self):
        shown = self.ask_short()
        for choices in ([0], ["a", "b"], [["a"]], [None], [{"a": 1}], ["x" * 201], "a"):
            with self.assertRaisesRegex(UserError, "no answer"):
                self.mark(shown, choices)
        item = self.attempt_of(shown).item_ids
        self.assertFalse(item.answered_at)
        self.assertEqual(self.mark(shown, ["креп\x00ле\ud800ние"]), 100.0)
        self.assertEqual(item.response, ["крепление"])

    def test_an_answer_of_spaces_is_no_answer(self):
        shown = self.ask_short()
        self.assertEqual(self.mark(shown, ["   "]), 0.0)
        self.assertEqual(self.attempt_of(shown).item_ids.response or [], [])

    def test_a_question_that_nobody_can_answer_is_not_handed_over(self):
        for answers in ((), ("Ботинок",), ("!Ёж", "еж"), ("!...",)):
            question = self.build("short", answers, ready=False)
            with self.assertRaises(ValidationError):
                question.with_user(self.users["trainer"]).action_submit()
            self.assertEqual(question.state, "draft")

    def test_practice_tells_the_accepted_answers_and_what_was_said_of_ones_own(self):
        self.retire_all()
        question = self.build("short", self.ANSWERS, ready=False)
        question.option_ids[2].feedback = "That is where it goes."
        self.release(question)
        runner = self.env["callcenter.practice.runner"].with_user(
            self.users["operator"]
        )
        card = runner.next_card()
        self.assertEqual((card["kind"], card["options"]), ("short", []))
        lesson = runner.answer_card(card["card_id"], ["ботинок"], card["nonce"])
        self.assertFalse(lesson["was_right"])
        self.assertEqual(lesson["texts"], ["Крепление", "Фиксатор"])
        self.assertEqual(lesson["feedback"], ["That is where it goes."])

    def test_equal_wrong_words_of_neighbours_are_compared_as_they_are_marked(self):
        shown = self.ask_short()
        self.mark(shown, ["БОТИНОК!"])
        attempt = self.attempt_of(shown)
        said = SignalFinder(attempt)._get_errors(attempt.item_ids)
        self.assertEqual(list(said.values()), [("ботинок",)])


class TestPartialCredit(WrittenCase):
    """What a part of an answer earns is a rule that is seen before and kept after."""

    def test_a_part_earns_a_part_or_nothing_as_the_question_says(self):
        for credit, percent in (("part", 50.0), ("whole", 0.0)):
            self.retire_all()
            self.build("multiple", ("!A", "!B", "C"), credit=credit)
            shown = self.ask()
            self.assertEqual(self.mark(shown, self.place(shown, "A")), percent, credit)

    def test_the_quiz_may_ask_for_all_or_nothing(self):
        self.build("multiple", ("!A", "!B", "C"))
        shown = self.ask(credit="whole")
        self.assertEqual(self.mark(shown, self.place(shown, "A")), 0.0)

    def test_an_attempt_under_way_keeps_the_rule_that_it_was_started_with(self):
        self.build("multiple", ("!A", "!B", "C"))
        shown = self.ask()
        self.attempt_of(shown).quiz_id.credit = "whole"
        self.assertEqual(self.mark(shown, self.place(shown, "A")), 50.0)

    def test_the_trainer_reads_the_rule_on_the_question(self):
        rules = {
            (kind, credit): self.build(
                kind, options, credit=credit, ready=False
            ).credit_rule
            for kind, options in (
                ("single", ("!A", "B")), ("multiple", ("!A", "!B", "C")),
                ("order", "ABC"), ("match", ("a=A", "b=B", "c=C")),
            )
            for credit in ("part", "whole")
        }  # fmt: skip
        whole = "All or nothing: what is not wholly right earns nothing."
        parts = {
            kind: rule for (kind, credit), rule in rules.items() if credit == "part"
        }
        self.assertEqual(
            {r for (_k, credit), r in rules.items() if credit == "whole"}, {whole}
        )
        self.assertEqual(parts["single"], whole)
        self.assertRegex(parts["multiple"], "less wrong options")
        self.assertRegex(parts["order"], "share of places")
        self.assertRegex(parts["match"], "share of pairs")

    def test_statistics_take_parts_of_a_mark_as_they_are(self):
        """Facility of 1/2 and 0 is 1/4; the rest of the attempt is parts as well."""
        first = self.build("multiple", ("!A", "!B", "C"), stem="First?")
        self.build("order", ("1", "2", "3", "4"), stem="Second?")
        quiz = self.ask(1, 2)["attempt_id"]
        quiz = self.env["callcenter.quiz.attempt"].browse(quiz).quiz_id
        self.answer_all(quiz, {"multiple": ("A",), "order": ("1", "2", "4", "3")})
        attempt = quiz.attempt_ids
        self.assertEqual(attempt.percent, 50.0)
        self.assertEqual(sorted(attempt.item_ids.mapped("fraction")), [0.5, 0.5])
        self.env["callcenter.item.stat"]._build()
        stat = self.env["callcenter.item.stat"].search([("question_id", "=", first.id)])
        self.assertEqual((stat.answer_count, stat.facility), (1, 0.5))
        self.assertEqual(quiz.stat_count, 1)

    def answer_all(self, quiz, texts):
        shown = self.runner.question(quiz.attempt_ids.id)
        while "nonce" in shown:
            shown = self.runner.answer(
                shown["attempt_id"],
                shown["position"],
                self.place(shown, *texts[shown["kind"]]),
                shown["nonce"],
            )
        self.runner.submit(quiz.attempt_ids.id)
