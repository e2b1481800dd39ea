import base64
from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError

from ..common import TrainingCase, load_step


class TestQuizLife(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)

    def draft(self, count=4):
        """A quiz of the trainer for the operator's post, not announced yet."""
        return (
            self.env["callcenter.quiz"]
            .with_user(self.users["trainer"])
            .create(
                {
                    "name": "Prices",
                    "cooldown_hours": 0,
                    "max_starts": 0,
                    "job_ids": [Command.set(self.job.ids)],
                    "section_ids": [
                        Command.create(
                            {
                                "name": "All",
                                "question_count": count,
                                "template_ids": [
                                    Command.set(self.template("price").ids)
                                ],
                            }
                        )
                    ],
                }
            )
        )

    def announce(self, quiz, day):
        action = quiz.action_announce()
        wizard = quiz.env[action["res_model"]].browse(action["res_id"])
        wizard.date_from = day
        stopped = wizard.stopped_count, wizard.stopped
        wizard.action_announce()
        return stopped

    def blockers(self, day):
        found = self.operator._get_callcenter_blockers(day)[self.operator.id]
        return [row["code"] for row in found if row["code"] == "clearance_missing"]

    def test_a_quiz_is_tried_announced_with_a_date_and_comes_into_force(self):
        with self.at("2026-03-02 07:00:00") as clock:
            quiz = self.draft()
            self.assertEqual((quiz.state, self.blockers(self.today())), ("draft", []))
            with self.assertRaisesRegex(UserError, "still being tried"):
                self.runner.start(quiz.id)
            action = quiz.action_try()
            trial = quiz.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(trial.paper.count("✓"), 4)
            self.assertEqual((quiz.state, quiz.sudo().attempt_count), ("tried", 0))
            stopped = self.announce(quiz, "2026-03-05")
            self.assertEqual(stopped, (1, self.operator.name))
            self.assertEqual(quiz.state, "announced")
            self.assertEqual(
                quiz.activity_ids.mapped(
                    lambda task: (task.user_id, str(task.date_deadline))
                ),
                [(self.users["operator"], "2026-03-05")],
            )
            self.assertEqual(self.blockers(self.today()), [])
            desk = self.env["callcenter.desk"].with_user(self.users["operator"])
            self.assertIn(
                f"“{quiz.name}”: pass by 05.03.2026",
                [lesson["message"] for lesson in desk.get_day()["lessons"]],
            )
            clock.tick(3 * 86400)
            self.assertEqual(self.blockers(self.today()), ["clearance_missing"])
            self.env["callcenter.quiz"]._cron_enter_force()
            self.assertEqual(quiz.state, "in_force")

    def today(self):
        return self.env.company._callcenter_today()

    def test_whoever_passes_before_the_day_is_never_stopped(self):
        with self.at("2026-03-02 07:00:00") as clock:
            quiz = self.draft()
            self.announce(quiz, "2026-03-05")
            self.take(quiz, 4)
            clock.tick(3 * 86400)
            self.assertEqual(self.blockers(self.today()), [])

    def test_a_quiz_that_the_bank_cannot_fill_is_not_announced(self):
        quiz = self.draft(count=40)
        with self.assertRaisesRegex(UserError, "the bank can ask 12"):
            quiz.action_announce()
        with self.assertRaisesRegex(UserError, "the bank can ask 12"):
            quiz._announce(self.today())
        self.assertEqual(quiz.state, "draft")

    def test_a_quiz_is_not_announced_for_a_day_that_is_over(self):
        with self.at("2026-03-02 07:00:00"):
            quiz = self.draft()
            with self.assertRaisesRegex(UserError, "today or later"):
                self.announce(quiz, "2026-03-01")
            self.assertEqual((quiz.state, quiz.date_from), ("draft", False))

    def test_no_save_makes_an_announced_quiz_impossible(self):
        quiz = self.draft()
        self.announce(quiz, self.today())
        with (
            self.assertRaisesRegex(UserError, "the bank can ask 12"),
            self.cr.savepoint(),
        ):
            quiz.section_ids.question_count = 40
        self.env.invalidate_all()
        self.assertEqual(quiz.section_ids.question_count, 4)

    def test_no_save_adds_a_post_to_an_announced_quiz(self):
        other = self.env["hr.job"].create({"name": "Cashier"})
        quiz = self.draft()
        self.announce(quiz, self.today())
        for attack in (
            lambda: quiz.write({"job_ids": [Command.link(other.id)]}),
            lambda: other.write({"callcenter_quiz_ids": [Command.link(quiz.id)]}),
        ):
            with (
                self.assertRaisesRegex(UserError, "announce it anew"),
                self.cr.savepoint(),
            ):
                attack()
            self.env.invalidate_all()
        self.env.invalidate_all()
        self.assertEqual(quiz.job_ids, self.job)

    def test_a_withdrawn_or_archived_quiz_stops_nobody_and_comes_back_as_a_draft(self):
        quiz = self.draft()
        for leave in (
            quiz.action_withdraw,
            lambda: quiz.write({"active": False}),
        ):
            self.announce(quiz, self.today())
            self.assertEqual(self.blockers(self.today()), ["clearance_missing"])
            leave()
            quiz.active = True
            self.assertEqual((quiz.state, quiz.date_from), ("draft", False))
            self.assertEqual(self.blockers(self.today()), [])

    def test_only_the_trainer_tries_announces_and_withdraws(self):
        quiz = self.draft()
        for role in ("operator", "supervisor", "hr", "director"):
            for name in ("action_try", "action_announce", "action_withdraw"):
                with (
                    self.subTest(role=role, name=name),
                    self.assertRaises(AccessError),
                ):
                    getattr(quiz.with_user(self.users[role]), name)()
        with self.assertRaises(UserError):
            quiz.write({"state": "in_force"})
        self.assertEqual(quiz.state, "draft")

    def test_a_lone_trainer_goes_from_import_to_release_to_clearance(self):
        self.env.company.callcenter_question_release = "author"
        trainer = self.env(user=self.users["trainer"])
        topic = self.env["callcenter.topic"].create({"name": "T", "code": "t"})
        lines = [
            f"// [id:q{n}]\n$CATEGORY: t\nWhat do you say to client {n}? "
            "{=Good day ~Well ~Yes}"
            for n in range(4)
        ]
        with self.at("2026-03-02 07:00:00") as clock:
            questions = self.load(trainer, "\n\n".join(lines))
            self.assertEqual(questions.mapped("state"), ["draft"] * 4)
            questions.action_submit()
            clock.tick(86400)
            questions.action_approve()
            quiz = self.draft()
            quiz.section_ids.write(
                {"source": "questions", "topic_ids": [Command.set(topic.ids)]}
            )
            quiz.action_try()
            self.announce(quiz, self.today())
            self.assertEqual(self.blockers(self.today()), ["clearance_missing"])
            self.assertTrue(self.take(quiz, 4)["passed"])
            self.assertEqual(self.blockers(self.today()), [])
            self.assertEqual(quiz.sudo().clearance_ids.state, "valid")

    def test_the_upgrade_leaves_quizzes_in_force_that_were_asked_at_once(self):
        quiz, announced = self.draft(), self.draft()
        with self.at("2026-03-02 07:00:00"):
            self.announce(announced, self.today() + timedelta(days=3))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE callcenter_quiz SET create_date = '2026-01-15 10:00' WHERE id = %s",
            [quiz.id],
        )
        load_step("19.0.4.0.0", "post-quiz").migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        self.assertEqual((quiz.state, quiz.date_from), ("in_force", date(2026, 1, 15)))
        self.assertEqual(announced.state, "announced")

    def load(self, env, text):
        wizard = env["callcenter.question.import"].create(
            {
                "filename": "bank.gift",
                "content": base64.b64encode(text.encode()),
            }
        )
        wizard.action_import()
        return env["callcenter.question"].search([("external_key", "=like", "q_")])
