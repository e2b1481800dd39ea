from datetime import datetime, timedelta, timezone

from fsrs import Card, Scheduler, State

from ...tools.mastery import memory
from ..common import TrainingCase, load_step

NOON = "2026-03-02 07:00:00"


class TestMastery(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.build_products(6)
        cls.template("price").weight = 1
        others = cls.env["callcenter.question.template"].search(
            [("code", "!=", "price")]
        )
        others.active = False
        cls.quiz = cls.build_quiz(
            [("Prices", ["price"], 6, {})], avoid_attempts=0, pass_percent=1
        )

    def coverage(self):
        return self.coverage_of(self.operator)

    def mastery(self):
        return self.env["callcenter.mastery"].search(
            [("employee_id", "=", self.operator.id)]
        )

    def test_an_exam_leaves_a_mastery_for_every_answered_fact(self):
        with self.at(NOON):
            self.take(self.quiz, 6)
        masteries = self.mastery()
        self.assertEqual(len(masteries), 6)
        self.assertEqual({round(p, 4) for p in masteries.mapped("p_known")}, {0.7917})
        self.assertEqual(set(masteries.mapped("exam_count")), {1})

    def test_two_exams_prove_and_coverage_rises(self):
        self.assertEqual(self.coverage(), 0.0)
        self.take(self.quiz, 6)
        self.assertEqual(self.coverage(), 0.0)
        self.take(self.quiz, 6)
        self.assertEqual(self.coverage(), 100.0)

    def test_practice_over_days_is_a_path_to_the_whole(self):
        facts = self.env["callcenter.fact"].search(
            [("template_id", "=", self.template("price").id)]
        )
        right = [(fact, True, 0.25) for fact in facts]
        model = self.env["callcenter.mastery"]
        with self.at(NOON) as clock:
            for _card in range(3):
                model._learn(self.operator, right, clock(), is_exam=False)
                clock.tick(900)
            self.assertEqual(set(self.mastery().mapped("p_known")), {0.85})
            clock.tick(2 * 86400)
            model._learn(self.operator, right, clock(), is_exam=False)
            self.assertTrue(all(p > 0.95 for p in self.mastery().mapped("p_known")))

    def test_a_wrong_answer_lowers_what_is_known(self):
        self.take(self.quiz, 6)
        self.take(self.quiz, 0)
        self.assertTrue(all(p < 0.5 for p in self.mastery().mapped("p_known")))

    def test_a_changed_price_lowers_coverage_at_once(self):
        self.take(self.quiz, 6)
        self.take(self.quiz, 6)
        self.products[:3].list_price = 77
        self.assertEqual(self.coverage(), 50.0)

    def test_a_new_product_lowers_coverage_at_once(self):
        self.take(self.quiz, 6)
        self.take(self.quiz, 6)
        self.build_products(2, prefix="New")
        self.assertEqual(self.coverage(), 75.0)

    def test_coverage_is_weighed_over_categories(self):
        self.take(self.quiz, 6)
        self.take(self.quiz, 6)
        self.build_products(2, self.skis, "Ski")
        rows = self.env["callcenter.coverage"]._read_group(
            [("employee_id", "=", self.operator.id)], ["categ_id"], ["coverage:avg"]
        )
        self.assertEqual(
            {categ.name: share for categ, share in rows}, {"Balls": 100.0, "Skis": 0.0}
        )
        self.assertEqual(self.coverage(), 75.0)

    def test_an_operator_sees_his_own_coverage_only(self):
        self.build_operator("Operator Two")
        model = self.env["callcenter.coverage"]
        self.env.flush_all()
        seen = model.with_user(self.users["operator"]).search([])
        self.assertEqual(seen.employee_id, self.operator)
        office = model.with_user(self.users["trainer"]).search([])
        self.assertGreaterEqual(len(office.employee_id), 2)

    def test_the_curve_of_the_database_is_the_curve_of_the_library(self):
        now = datetime(2026, 3, 2, 7, tzinfo=timezone.utc)
        scheduler = Scheduler(enable_fuzzing=False)
        card = Card(state=State.Review, stability=10.0, difficulty=5, last_review=now)
        for days, chance in ((0, 1.0), (7, None), (10, 0.9), (365, None)):
            later = now + timedelta(days=days)
            expected = scheduler.get_card_retrievability(card, later)
            self.env.cr.execute(
                "SELECT power(1 + %s * %s / 10.0, %s)",
                [memory.FACTOR, days, memory.DECAY],
            )
            self.assertAlmostEqual(self.env.cr.fetchone()[0], expected, places=6)
            if chance:
                self.assertAlmostEqual(expected, chance, places=9)

    def test_the_upgrade_counts_the_right_answers_of_closed_exams(self):
        with self.at(NOON):
            self.take(self.quiz, 4)
            status = self.runner.start(self.quiz.id)
        self.env.flush_all()
        self.env.cr.execute("UPDATE callcenter_mastery SET exam_right = NULL")
        self.env.invalidate_all()
        load_step("19.0.4.0.0", "post-mastery").migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        self.assertEqual(sum(self.mastery().mapped("exam_right")), 4)
        self.assertEqual(self.attempt_of(status).state, "open")
