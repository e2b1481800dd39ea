from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError

from ..written_case import WrittenCase

SITUATION = "A client returns skis that he has used for a day."


class TestCases(WrittenCase):
    """A case: one situation, several steps, drawn as one and asked in order."""

    STEPS = ("What first?", "What then?", "What last?")

    def step(self, stem, **vals):
        options = [{"text": "Ask", "is_right": True}, {"text": "Refuse"}]
        options = [Command.create(option) for option in options]
        return Command.create({"stem": stem, "option_ids": options, **vals})

    def build_case(self, stems=STEPS, ready=True, **vals):
        steps = [self.step(stem, sequence=n) for n, stem in enumerate(stems)]
        vals = {"stem": "The return", "dialogue": SITUATION, "child_ids": steps} | vals
        return self.build("case", (), ready=ready, **vals)

    def ask_count(self, count, **vals):
        extra = {"source": "questions", "topic_ids": [(6, 0, self.topic.ids)]}
        quiz = self.build_quiz([("Words", [], count, extra)], **vals)
        return self.runner.question(self.runner.start(quiz.id)["attempt_id"])

    def ask_all(self, count, **vals):
        """``[(stem, situation, step, steps)]`` of a whole attempt, nothing answered."""
        shown, asked = self.ask_count(count, **vals), []
        while "nonce" in shown:
            asked.append(
                tuple(shown[n] for n in ("stem", "situation", "step", "step_count"))
            )
            shown = self.runner.answer(
                shown["attempt_id"], shown["position"], [], shown["nonce"]
            )
        self.runner.submit(shown["attempt_id"])
        return asked

    def test_the_steps_are_asked_in_their_order_with_the_situation_at_each(self):
        self.build_case()
        self.assertEqual(
            self.ask_all(3),
            [(stem, SITUATION, n, 3) for n, stem in enumerate(self.STEPS, 1)],
        )

    def test_a_case_comes_whole_or_not_at_all(self):
        self.build_case()
        for number in range(4):
            self.build(stem=f"Single {number}?")
        for _turn in range(3):
            stems = [row[0] for row in self.ask_all(4, avoid_attempts=0)]
            steps = [stem for stem in stems if stem in self.STEPS]
            self.assertIn(steps, ([], list(self.STEPS)))
            if steps:
                first = stems.index(self.STEPS[0])
                self.assertEqual(stems[first : first + 3], list(self.STEPS))
        self.assertEqual({row[0][:6] for row in self.ask_all(2)}, {"Single"})

    def test_a_section_that_no_case_fits_is_refused_in_words(self):
        self.build_case()
        with self.assertRaisesRegex(UserError, "the bank can ask 0"):
            self.ask_count(2)

    def test_each_step_has_its_own_mark(self):
        self.build_case()
        shown = self.ask_count(3)
        for stem in self.STEPS:
            self.assertEqual(shown["stem"], stem)
            text = "Refuse" if stem == "What then?" else "Ask"
            shown = self.runner.answer(
                shown["attempt_id"],
                shown["position"],
                self.place(shown, text),
                shown["nonce"],
            )
        result = self.runner.submit(shown["attempt_id"])
        self.assertAlmostEqual(result["percent"], 200 / 3)

    def test_a_case_asked_before_comes_last(self):
        self.build_case()
        self.ask_all(3)
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        case = self.env["callcenter.question"].search([("kind", "=", "case")])
        self.assertEqual(
            (case.asked_count, case.child_ids.mapped("asked_count")), (1, [1] * 3)
        )
        for number in range(3):
            self.build(stem=f"Single {number}?")
        self.assertEqual({row[0][:6] for row in self.ask_all(3)}, {"Single"})

    def test_a_written_question_that_was_asked_lets_the_others_come_first(self):
        for number in range(4):
            self.build(stem=f"Single {number}?")
        asked = [row[0] for row in self.ask_all(2, avoid_attempts=0)]
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        again = [row[0] for row in self.ask_all(2, avoid_attempts=0)]
        self.assertFalse(set(asked) & set(again))

    def test_the_steps_go_with_their_case(self):
        case = self.build_case()
        self.assertEqual(case.child_ids.mapped("state"), ["ready"] * 3)
        trainer = self.users["trainer"]
        step = case.child_ids[0]
        for method in ("action_retire", "action_new_version"):
            with self.assertRaisesRegex(UserError, "step of a case"):
                getattr(step.with_user(trainer), method)()
        version = case.with_user(trainer).action_new_version()
        draft = self.env["callcenter.question"].browse(version["res_id"])
        self.assertEqual(draft.child_ids.mapped("stem"), list(self.STEPS))
        self.release(draft)
        self.assertEqual(set(case.child_ids.mapped("state")), {"retired"})
        self.assertEqual([row[0] for row in self.ask_all(3)], list(self.STEPS))

    def test_nothing_of_a_released_case_changes(self):
        case = self.build_case().with_user(self.users["trainer"])
        step = case.child_ids[0]
        for change in (
            lambda: case.write({"dialogue": "Another."}),
            lambda: step.write({"stem": "Another?"}),
            lambda: step.option_ids[0].write({"is_right": False}),
            lambda: case.write({"child_ids": [self.step("More?")]}),
            lambda: step.unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()
        self.env.invalidate_all()
        self.assertEqual(case.child_ids.mapped("stem"), list(self.STEPS))

    def test_whoever_wrote_a_step_does_not_release_the_case(self):
        case = self.build_case(ready=False)
        case.with_user(self.users["trainer"]).action_submit()
        case.child_ids[1].with_user(self.reviewer).stem = "And now?"
        with self.assertRaisesRegex(UserError, "Somebody else"):
            case.with_user(self.reviewer).action_approve()
        self.assertEqual(set(case.child_ids.mapped("state")), {"review"})

    def test_a_case_of_one_step_or_of_seven_or_without_words_is_no_case(self):
        for vals in (
            {"stems": self.STEPS[:1]},
            {"stems": [f"{number}?" for number in range(7)]},
            {"dialogue": False},
        ):
            case = self.build_case(ready=False, **vals)
            with self.assertRaises(ValidationError), self.cr.savepoint():
                case.with_user(self.users["trainer"]).action_submit()

    def test_no_step_is_a_case_and_no_question_has_steps(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.build(child_ids=[self.step("Hidden?")])
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.build_case(child_ids=[self.step("Nested?", kind="case")])

    def test_a_step_is_of_the_topic_and_the_company_of_its_case(self):
        other = self.env["callcenter.topic"].create({"name": "U", "code": "u"})
        case = self.build_case(ready=False, company_id=False, is_practice=False)
        case.with_user(self.users["trainer"]).topic_id = other
        steps = case.child_ids
        self.assertEqual((steps.topic_id, steps.company_id.ids), (other, []))
        self.assertEqual(steps.mapped("is_practice"), [False] * 3)
        steps[0].with_user(self.users["trainer"]).topic_id = self.topic
        self.assertEqual(steps.topic_id, other)

    def test_practice_asks_a_step_with_its_situation_and_never_the_bare_case(self):
        self.retire_all()
        self.build_case()
        runner = self.env["callcenter.practice.runner"].with_user(
            self.users["operator"]
        )
        card = runner.next_card()
        self.assertIn(card["stem"], self.STEPS)
        self.assertEqual(card["situation"], SITUATION)

    def test_a_file_holds_the_steps_each_with_its_situation(self):
        files = [step._to_file() for step in self.build_case()._get_askable()]
        self.assertEqual([file.stem for file in files], list(self.STEPS))
        self.assertEqual({file.dialogue for file in files}, {SITUATION})

    def test_a_long_attempt_asks_the_database_no_more_often_than_a_short_one(self):
        for number in range(4):
            self.build_case(
                [f"{number}.{step}?" for step in range(3)], stem=f"C{number}"
            )
            self.build("match", ("a=A", "b=B", "c=C"), stem=f"Pairs {number}?")
            self.build("short", ("!Skis", "Boots"), stem=f"Word {number}?")
        # Both have to take cases beside the eight others; the first fills the caches.
        self.count_start(11)
        self.assertEqual(self.count_start(18), self.count_start(11))

    def count_start(self, count):
        """Statements of the draw of ``count`` questions."""
        extra = {"source": "questions", "topic_ids": [(6, 0, self.topic.ids)]}
        quiz = self.build_quiz([("Words", [], count, extra)])
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.runner.start(quiz.id)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_an_operator_reads_no_case(self):
        case = self.build_case()
        with self.assertRaises(AccessError):
            case.with_user(self.users["operator"]).read(["dialogue"])
