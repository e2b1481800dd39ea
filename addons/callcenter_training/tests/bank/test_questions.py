from odoo.exceptions import AccessError, UserError, ValidationError

from ..written_case import WrittenCase


class TestQuestions(WrittenCase):
    def test_a_question_goes_from_its_author_through_a_reviewer(self):
        question = self.build(ready=False)
        question.with_user(self.users["trainer"]).action_submit()
        with self.assertRaisesRegex(UserError, "Somebody else"):
            question.with_user(self.users["trainer"]).action_approve()
        self.assertEqual(question.state, "review")
        question.with_user(self.reviewer).action_approve()
        self.assertEqual(
            (question.state, question.reviewer_id), ("ready", self.reviewer)
        )

    def test_a_lone_trainer_releases_his_own_question_after_the_waiting_time(self):
        self.env.company.callcenter_question_release = "author"
        trainer = self.users["trainer"]
        with self.at("2026-03-02 07:00:00") as clock:
            question = self.build(ready=False).with_user(trainer)
            question.action_submit()
            clock.tick(23 * 3600)
            with self.assertRaisesRegex(UserError, r"after 03\.03\.2026 12:00"):
                question.action_approve()
            self.assertEqual(question.state, "review")
            clock.tick(3600)
            question.action_approve()
        self.assertEqual(
            (question.state, question.is_self_released, question.reviewer_id),
            ("ready", True, trainer),
        )

    def test_a_question_of_another_is_released_without_a_mark_or_a_wait(self):
        self.env.company.callcenter_question_release = "author"
        question = self.build(ready=False)
        question.with_user(self.users["trainer"]).action_submit()
        question.with_user(self.reviewer).action_approve()
        self.assertEqual((question.state, question.is_self_released), ("ready", False))

    def test_whoever_changed_a_question_last_is_its_author_too(self):
        question = self.build(ready=False)
        question.with_user(self.users["trainer"]).action_submit()
        question.with_user(self.reviewer).stem = "What do you really say?"
        with self.assertRaisesRegex(UserError, "Somebody else"):
            question.with_user(self.reviewer).action_approve()
        self.assertEqual(question.state, "review")

    def test_whoever_changes_an_option_in_review_is_its_author_too(self):
        right = {"is_right": False, "text": "Really not"}
        for change in (
            lambda options: options[0].write(right),
            lambda options: options[2].unlink(),
            lambda options: options.create(
                {"question_id": options.question_id.id, "text": "Never"}
            ),
        ):
            question = self.build(ready=False)
            question.with_user(self.users["trainer"]).action_submit()
            change(question.with_user(self.reviewer).option_ids)
            with self.assertRaisesRegex(UserError, "Somebody else"):
                question.with_user(self.reviewer).action_approve()
            self.assertEqual(question.state, "review")

    def test_a_change_in_review_is_waited_for_anew(self):
        self.env.company.callcenter_question_release = "author"
        for change in (
            lambda question: question.write({"stem": "What do you really say?"}),
            lambda question: question.option_ids[1].write({"text": "Not at all"}),
        ):
            with self.at("2026-03-02 07:00:00") as clock:
                question = self.build(ready=False).with_user(self.users["trainer"])
                question.action_submit()
                clock.tick(24 * 3600)
                change(question)
                with self.assertRaisesRegex(UserError, r"after 04\.03\.2026 12:00"):
                    question.action_approve()
                self.assertEqual(question.state, "review")

    def test_a_supervisor_releases_where_the_company_says_so(self):
        question = self.build(ready=False)
        question.with_user(self.users["trainer"]).action_submit()
        supervisor = question.with_user(self.users["supervisor"])
        with self.assertRaises(AccessError):
            supervisor.action_approve()
        self.assertEqual(question.state, "review")
        self.env.company.callcenter_question_release = "supervisor"
        for attack in (
            supervisor.action_return,
            lambda: supervisor.write({"stem": "Easy"}),
        ):
            with self.assertRaises(AccessError):
                attack()
        supervisor.action_approve()
        self.assertEqual(
            (question.state, question.reviewer_id),
            ("ready", self.users["supervisor"]),
        )

    def test_the_state_cannot_be_written(self):
        question = self.build(ready=False)
        with self.assertRaises(UserError):
            question.with_user(self.users["trainer"]).write({"state": "ready"})
        self.assertEqual(question.state, "draft")

    def test_a_ready_question_is_frozen_with_its_options(self):
        question = self.build()
        author = question.with_user(self.users["trainer"])
        for attack in (
            lambda: author.write({"stem": "Other"}),
            lambda: author.option_ids[0].write({"is_right": False}),
            lambda: author.option_ids[0].unlink(),
            lambda: author.option_ids.create(
                {"question_id": question.id, "text": "New"}
            ),
        ):
            with self.assertRaises(UserError):
                attack()
        self.env.invalidate_all()
        self.assertEqual(question.option_ids.mapped("is_right"), [True, False, False])
        self.assertEqual(len(question.option_ids), 3)

    def test_a_new_version_takes_the_place_of_the_old_one(self):
        question = self.build()
        author = question.with_user(self.users["trainer"])
        action = author.action_new_version()
        draft = author.browse(action["res_id"])
        draft.stem = "What do you answer?"
        draft.action_submit()
        self.assertEqual(question.state, "ready")
        draft.with_user(self.reviewer).action_approve()
        self.assertEqual((question.state, draft.state), ("retired", "ready"))
        self.assertEqual((draft.version, draft.origin_id), (2, question))
        duplicate = draft.copy()
        self.assertEqual((duplicate.version, duplicate.origin_id.ids), (1, []))

    def test_what_cannot_be_answered_is_not_handed_over(self):
        for kind, options in (
            ("single", ("Yes", "No")),
            ("single", ("!Yes", "!No")),
            ("single", ("!Yes",)),
            ("multiple", ("!Yes", "!No")),
            ("match", ("a=1", "2")),
            ("number", ("1", "2")),
        ):
            question = self.build(kind, options, ready=False)
            with (
                self.subTest(kind=kind, options=options),
                self.assertRaises(ValidationError),
            ):
                question.with_user(self.users["trainer"]).action_submit()

    def test_a_single_choice_is_marked(self):
        shown = self.ask(self.build())
        self.assertEqual(sorted(shown["options"]), ["Maybe", "No", "Yes"])
        self.assertEqual(self.mark(shown, self.place(shown, "Yes")), 100.0)

    def test_ticking_everything_earns_nothing(self):
        shown = self.ask(self.build("multiple", ("!a", "!b", "c", "d")))
        self.assertEqual(self.mark(shown, [0, 1, 2, 3]), 0.0)

    def test_half_of_several_earns_half(self):
        shown = self.ask(self.build("multiple", ("!a", "!b", "c", "d")))
        self.assertEqual(self.mark(shown, self.place(shown, "a")), 50.0)

    def test_a_number_is_marked_within_its_tolerance(self):
        shown = self.ask(self.build("number", (), number=8.0, tolerance=0.5))
        self.assertEqual(shown["options"], [])
        self.assertEqual(self.mark(shown, [8.5]), 100.0)

    def test_an_order_is_never_shown_in_the_right_order(self):
        shown = self.ask(self.build("order", ("one", "two", "three", "four")))
        self.assertNotEqual(shown["options"], ["one", "two", "three", "four"])
        right = self.place(shown, "one", "two", "three", "four")
        self.assertEqual(self.mark(shown, right), 100.0)

    def test_a_match_is_marked_place_by_place(self):
        shown = self.ask(self.build("match", ("cat=meow", "dog=bark", "cow=moo")))
        self.assertEqual(shown["prompts"], ["cat", "dog", "cow"])
        given = self.place(shown, "meow", "moo", "bark")
        self.assertAlmostEqual(self.mark(shown, given), 100 / 3)

    def test_an_order_or_match_must_be_whole(self):
        shown = self.ask(self.build("match", ("cat=meow", "dog=bark", "cow=moo")))
        for choices in ([0], [0, 1], [0, 0, 1], [0, 1, 3]):
            with self.subTest(choices=choices), self.assertRaises(UserError):
                self.mark(shown, choices)

    def test_a_case_shows_its_dialogue_above(self):
        shown = self.ask(self.build(dialogue="— Дорого!"))
        self.assertEqual(shown["stem"], "— Дорого!\n\nWhat do you say?")

    def test_drafts_are_never_asked(self):
        self.build(ready=False)
        with self.assertRaisesRegex(UserError, "the bank can ask 0"):
            self.ask()

    def test_a_critical_question_fails_alone(self):
        good = [self.build(stem=f"Question {n}") for n in range(9)]
        bad = self.build(is_critical=True, stem="Fire?")
        shown = self.ask(*good, bad, pass_percent=50)
        while "nonce" in shown:
            key = "No" if shown["stem"] == "Fire?" else "Yes"
            shown = self.runner.answer(
                shown["attempt_id"],
                shown["position"],
                self.place(shown, key),
                shown["nonce"],
            )
        result = self.runner.submit(shown["attempt_id"])
        self.assertEqual((result["percent"], result["passed"]), (90.0, False))

    def test_only_trainers_reach_the_questions(self):
        question = self.build()
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            for record in (question, question.option_ids):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    self.as_(role, record).read(["display_name"])
            with self.assertRaises(AccessError):
                self.as_(role, question).action_retire()
        self.assertEqual(question.state, "ready")
