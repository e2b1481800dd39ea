from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import TrainingCase


class TestTrainingTask(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.callcenter_exam_reserve = 0
        templates = cls.env["callcenter.question.template"].search([])
        (templates - cls.template("price")).active = False
        cls.env["callcenter.question"].search([])._transition({"is_practice": False})
        cls.ball_products = cls.build_products(6)
        cls.ski_products = cls.build_products(6, cls.skis, "Ski", 9000)
        cls.practice = cls.env["callcenter.practice.runner"].with_user(
            cls.users["operator"]
        )
        stranger = new_test_user(
            cls.env, "cc_stranger", groups="callcenter_ops.group_supervisor"
        )
        cls.users["stranger"] = stranger
        cls.env["hr.department"].create(
            {
                "name": "Warehouse",
                "manager_id": cls.build_employee("Stranger", user=stranger).id,
            }
        )

    def assign(self, role="trainer", people=None, **vals):
        """The tasks that the assistant gave, as ``role``."""
        before = self.env["callcenter.training.task"].search([])
        wizard = self.as_(role, self.env["callcenter.training.assign"]).create(
            {
                "scope": "category",
                "categ_id": self.balls.id,
                "goal": 3,
                "due_on": "2026-03-05",
                "employee_ids": [(6, 0, (people or self.operator).ids)],
                **vals,
            }
        )
        self.told = wizard.action_assign()["params"]["message"]
        return self.env["callcenter.training.task"].search([]) - before

    def answer(self, task, is_right=True):
        shown = self.practice.next_card(task.id)
        card = self.env["callcenter.practice.card"].browse(shown["card_id"])
        if shown["kind"] == "number":
            choices = [card.key["value"] if is_right else card.key["value"] * 9 + 1]
        else:
            wrong = [n for n in range(card.option_count) if n not in card.key["right"]]
            choices = card.key["right"] if is_right else wrong[:1]
        return self.practice.answer_card(card.id, choices, card.nonce), card

    def test_practice_is_done_by_right_answers_about_what_was_assigned(self):
        with self.at("2026-03-02 07:00:00"):
            task = self.assign()
            self.answer(task, is_right=False)
            self.assertEqual((task.done_count, task.state), (0, "open"))
            cards = [self.answer(task)[1] for _turn in range(2)]
            self.assertEqual(task.done_count, 2)
            self.assertAlmostEqual(task.progress, 200 / 3)
            lesson, card = self.answer(task)
        self.assertEqual(lesson["finished"], ["Practice: Sports / Balls"])
        self.assertEqual((task.state, task.progress), ("done", 100))
        asked = [one.fact_id for one in [*cards, card]]
        self.assertEqual({fact.categ_id for fact in asked}, {self.balls})
        self.assertEqual(len(set(asked)), 3)
        self.assertFalse(task.activity_ids)

    def test_a_question_answered_twice_counts_once(self):
        with self.at("2026-03-02 07:00:00"):
            task = self.assign(scope="products", product_tmpl_ids=[
                (6, 0, self.ball_products[:2].ids)
            ])  # fmt: skip
            self.assertEqual(task.goal, 2)
            _lesson, card = self.answer(task)
            again = self.practice._keep_card(
                self.operator,
                {
                    "fact_id": card.fact_id.id,
                    "kind": card.kind,
                    "options": [""] * card.option_count,
                    "key": card.key,
                    "guess": card.guess,
                },
            )
            choices = card.key.get("right") or [card.key.get("value")]
            self.practice.answer_card(again.id, choices, again.nonce)
        self.assertTrue(again.was_right)
        self.assertEqual((task.done_count, task.state), (1, "open"))

    def test_nobody_ticks_a_task_off(self):
        task = self.assign()
        for role in ("operator", "trainer", "supervisor", "director", "manager"):
            for vals in ({"state": "done"}, {"done_count": 3}, {"goal": 0}):
                with (
                    self.subTest(role=role, vals=vals),
                    self.assertRaises(UserError),
                ):
                    self.as_(role, task).write(vals)
            with self.subTest(role=role), self.assertRaises(UserError):
                self.as_(role, task).action_confirm()
        self.assertEqual((task.state, task.done_count, task.goal), ("open", 0, 3))

    def test_no_more_is_asked_than_there_is(self):
        self.assertEqual(self.assign(goal=100).goal, 6)
        with self.assertRaisesRegex(UserError, "nothing to practise"):
            self.assign(categ_id=self.sports.create({"name": "Empty"}).id)
        with self.assertRaisesRegex(UserError, "nothing to practise"):
            self.assign(scope="weak")

    def test_weak_spots_are_what_was_asked_and_is_not_known(self):
        with self.at("2026-03-02 07:00:00"):
            self.take(
                self.build_quiz(
                    [("P", ["price"], 2, {"categ_ids": [(6, 0, self.balls.ids)]})]
                ),
                0,
            )
            task = self.assign(scope="weak", goal=10)
            self.assertEqual(task.goal, 2)
            self.answer(task)
            self.answer(task)
        self.assertEqual(task.state, "done")

    def test_a_post_or_a_department_is_reached_at_once_and_nobody_twice(self):
        other = self.build_operator("Operator Two")
        tasks = self.assign(target="post", job_ids=[(6, 0, self.job.ids)])
        self.assertEqual(tasks.employee_id, self.operator | other)
        self.assertEqual(self.told, "Assigned to: 2 people.")
        again = self.assign(
            target="department", department_ids=[(6, 0, self.department.ids)]
        )
        self.assertFalse(again)
        self.assertEqual(
            self.told,
            "Assigned to: 0 people. Left out, as they have it already or there is "
            "nothing to ask: 2.",
        )

    def test_of_several_people_those_with_nothing_to_ask_are_left_out(self):
        other = self.build_operator("Operator Two")
        with self.at("2026-03-02 07:00:00"):
            self.take(self.build_quiz(), 0)
        tasks = self.assign(people=self.operator | other, scope="weak")
        self.assertEqual(tasks.employee_id, self.operator)

    def test_the_person_is_reminded_at_the_desk_and_among_his_activities(self):
        desk = self.env["callcenter.desk"].with_user(self.users["operator"])
        with self.at("2026-03-02 07:00:00"):
            task = self.assign(note="Before the season")
            self.answer(task)
            activity = task.activity_ids
            [lesson] = desk.get_day()["lessons"][:1]
        self.assertEqual(activity.user_id, self.users["operator"])
        self.assertEqual(str(activity.date_deadline), "2026-03-05")
        self.assertEqual(
            lesson["message"], "Practice: Sports / Balls: 1 of 3, by 05.03.2026"
        )
        self.assertEqual(lesson["action"]["params"], {"task_id": task.id})
        self.env.invalidate_all()
        with self.at("2026-03-06 07:00:00"):
            [lesson] = desk.get_day()["lessons"][:1]
            self.assertTrue(lesson["message"].startswith("Overdue. Practice"))
        task.due_on = "2026-03-20"
        self.assertEqual(str(activity.date_deadline), "2026-03-20")

    def test_each_role_sees_its_own(self):
        task = self.assign()
        other = self.build_operator("Operator Two")
        readers = {"operator", "supervisor", "trainer", "hr", "director"}
        model = self.env["callcenter.training.task"]
        for role, user in self.users.items():
            with self.subTest(role=role):
                mine = model.with_user(user)
                found = mine.search([]) if mine.has_access("read") else model
                self.assertEqual(task in found, role in readers)
        self.assertFalse(model.with_user(other.user_id).search([]))
        far = self.env["res.company"].create({"name": "Far"})
        elsewhere = new_test_user(
            self.env, "cc_far", groups="callcenter_training.group_trainer",
            company_id=far.id, company_ids=[(6, 0, far.ids)],
        )  # fmt: skip
        self.assertFalse(model.with_user(elsewhere).search([]))

    def test_a_supervisor_assigns_to_his_team_and_to_nobody_else(self):
        self.assertEqual(len(self.assign("supervisor")), 1)
        other = self.build_operator("Operator Two")
        with self.assertRaisesRegex(UserError, "Nobody is chosen"):
            self.assign("stranger", other)
        vals = {
            "employee_id": other.id,
            "scope": "category",
            "categ_id": self.balls.id,
        }
        for role in ("stranger", "operator", "director", "hr", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.env["callcenter.training.task"]).create(vals)
        self.assertEqual(self.env["callcenter.training.task"].search_count([]), 1)

    def test_a_task_is_practised_by_its_person_and_taken_back_by_who_gave_it(self):
        task = self.assign()
        other = self.build_operator("Operator Two")
        for forged in (str(task.id), [task.id], -1, "x"):
            with self.subTest(forged=forged), self.assertRaises(UserError):
                self.practice.next_card(forged)
        with self.assertRaises(UserError):
            self.practice.with_user(other.user_id).next_card(task.id)
        with self.assertRaises(AccessError):
            self.as_("trainer", task).action_do()
        with self.assertRaises(AccessError):
            self.as_("operator", task).action_cancel()
        self.assertEqual(
            self.as_("operator", task).action_do()["params"], {"task_id": task.id}
        )
        self.as_("supervisor", task).action_cancel()
        self.assertEqual(task.state, "cancelled")
        self.assertFalse(task.activity_ids)
        with self.assertRaises(UserError):
            self.practice.next_card(task.id)

    def test_who_does_not_know_a_new_product_practises_it_by_one_click(self):
        new = self.ball_products[:2]
        new.callcenter_launch_date = self.company._callcenter_today()
        self.env.flush_all()
        gaps = self.as_("trainer", self.env["callcenter.knowledge.gap"]).search(
            [("employee_id", "=", self.operator.id)]
        )
        gaps.action_assign()
        gaps.action_assign()
        task = self.env["callcenter.training.task"].search([])
        self.assertEqual(
            (task.scope, task.product_tmpl_ids, task.goal), ("products", new, 2)
        )
        with self.assertRaises(AccessError):
            self.as_("director", gaps).action_assign()

    def test_a_gap_in_the_coverage_is_assigned_by_one_click(self):
        rows = self.as_("supervisor", self.env["callcenter.coverage"]).search(
            [("employee_id", "=", self.operator.id), ("categ_id", "=", self.skis.id)]
        )
        rows.action_assign()
        task = self.env["callcenter.training.task"].search([])
        self.assertEqual((task.categ_id, task.goal), (self.skis, 6))
        with self.assertRaises(AccessError):
            self.as_("operator", rows).action_assign()

    def test_cards_are_read_when_they_are_opened_each_once(self):
        task = self.assign(kind="cards", goal=2)
        cards = self.as_("operator", self.ball_products | self.ski_products)
        for card in (cards[0], cards[0], cards[-1]):
            card.action_open_callcenter_card()
        self.assertEqual((task.done_count, task.state), (1, "open"))
        cards[1].action_open_callcenter_card()
        self.assertEqual((task.done_count, task.state), (2, "done"))

    def test_a_quiz_is_done_when_it_is_passed(self):
        quiz = self.build_quiz()
        task = self.assign(kind="quiz", quiz_id=quiz.id)
        self.take(quiz, 0)
        self.assertEqual(task.state, "open")
        self.take(quiz, 4)
        self.assertEqual(task.state, "done")

    def test_an_aim_is_said_whole(self):
        for vals in (
            {"scope": "topic", "topic_id": False},
            {"scope": "products"},
            {"kind": "quiz"},
            {"kind": "cards", "scope": "weak"},
            {"goal": 0},
        ):
            with self.subTest(**vals), self.assertRaises(UserError):
                self.assign(**vals)
