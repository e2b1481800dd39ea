from ..common import TrainingCase


class TestKnowledgeViews(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        brand = cls.build_attribute("Brand", ["Ural", "Altai"], "brand")
        cls.old = cls.build_products(4)
        cls.new = cls.build_products(2, prefix="New")
        cls.new.callcenter_launch_date = cls.company._callcenter_today()
        for product in cls.old:
            cls.give(product, brand, "Ural")
        for product in cls.new:
            cls.give(product, brand, "Altai")
        templates = cls.env["callcenter.question.template"].search([])
        (templates - cls.template("price")).active = False
        cls.template("price").weight = 1
        cls.quiz = cls.build_quiz([("Prices", ["price"], 6, {})], avoid_attempts=0)

    def learn(self, right=6):
        self.take(self.quiz, right)
        self.take(self.quiz, right)
        self.env.flush_all()

    def gaps(self):
        return self.as_(
            "supervisor",
            self.env["callcenter.knowledge.gap"].search(
                [("employee_id", "=", self.operator.id)]
            ),
        )

    def test_new_products_nobody_was_asked_about_are_not_known(self):
        gaps = self.gaps()
        self.assertEqual(gaps.product_tmpl_id, self.new)
        self.assertEqual(gaps.mapped("state"), ["unchecked", "unchecked"])
        self.assertEqual(gaps.mapped("fact_count"), [1, 1])

    def test_wrong_answers_are_not_known_until_right_ones_outweigh_them(self):
        self.take(self.quiz, 0)
        self.env.flush_all()
        self.assertEqual(self.gaps().mapped("state"), ["unknown", "unknown"])
        for _exam in range(3):
            self.take(self.quiz, 6)
        self.env.flush_all()
        self.assertEqual(self.gaps().mapped("state"), ["known", "known"])
        self.assertEqual(self.gaps().mapped("known_percent"), [100.0, 100.0])

    def test_what_two_exams_proved_is_known(self):
        self.learn()
        self.assertEqual(self.gaps().mapped("state"), ["known", "known"])

    def test_the_answers_say_how_much_of_the_whole_is_known(self):
        self.learn()
        row = self.env["callcenter.coverage"].search(
            [("employee_id", "=", self.operator.id)]
        )
        self.assertEqual((row.sample_count, row.sample_right), (12, 12))
        self.assertEqual((row.estimate, row.estimate_range), (100.0, "75–100 %"))

    def test_coverage_is_cut_by_brand_and_newness(self):
        self.learn()
        self.new.list_price = 77777
        rows = self.as_("trainer", self.env["callcenter.coverage.slice"]).search(
            [("employee_id", "=", self.operator.id)]
        )
        found = {(r.brand_id.name, r.newness): (r.fact_count, r.coverage) for r in rows}
        self.assertEqual(
            found, {("Ural", "settled"): (4, 100.0), ("Altai", "new"): (2, 0.0)}
        )

    def test_the_forecast_says_what_will_be_forgotten(self):
        self.learn()
        self.assertEqual(self.coverage_of(self.operator), 100.0)
        ahead = self.coverage_of(self.operator, callcenter_days_ahead=365)
        self.assertEqual(ahead, 0.0)

    def test_a_forged_forecast_is_ignored(self):
        self.learn()
        for days in ("1); DROP TABLE x", -5, 10**9, True, None):
            ahead = self.coverage_of(self.operator, callcenter_days_ahead=days)
            self.assertEqual(ahead, 100.0, days)
