from odoo.exceptions import AccessError

from ...tools.analysis import item_statistics
from ..common import TrainingCase


class TestStatistics(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(8)
        # Templates of its own: other attempts of the database stay out of the figures.
        cls.price = cls.template("price").copy({"code": "own_price", "weight": 1})
        cls.code = cls.template("product_to_code").copy(
            {"code": "own_code", "weight": 1}
        )
        cls.quiz = cls.build_quiz(
            [
                ("Prices", [], 3, {"template_ids": [(6, 0, cls.price.ids)]}),
                ("Codes", [], 3, {"template_ids": [(6, 0, cls.code.ids)]}),
            ]
        )
        cls.people = [cls.build_operator(f"Operator {n}") for n in range(5)]

    def take_all(self):
        for person, right in zip(self.people, (6, 5, 4, 1, 0), strict=True):
            self.take(self.quiz, right, self.runner.with_user(person.user_id))
        self.env["callcenter.item.stat"]._build()

    def stat(self, template):
        return self.env["callcenter.item.stat"].search(
            [
                ("subject", "=", "template"),
                ("template_id", "=", template.id),
                ("company_id", "=", self.company.id),
            ]
        )

    def pairs(self, template):
        """Marks and rests as Python sees them."""
        marks, rests = [], []
        for attempt in self.quiz.attempt_ids:
            fractions = attempt.item_ids.mapped("fraction")
            for item in attempt.item_ids:
                if item.template_id == template:
                    marks.append(item.fraction)
                    rest = sum(fractions) - item.fraction
                    rests.append(rest / (len(fractions) - 1))
        return marks, rests

    def test_the_database_computes_what_the_formulas_say(self):
        self.take_all()
        for template in (self.price, self.code):
            stat, (marks, rests) = self.stat(template), self.pairs(template)
            self.assertEqual(stat.answer_count, 15)
            self.assertAlmostEqual(stat.facility, item_statistics.facility(marks))
            self.assertAlmostEqual(
                stat.discrimination, item_statistics.discrimination(marks, rests)
            )
            self.assertAlmostEqual(
                stat.efficiency, item_statistics.efficiency(marks, rests)
            )
        # 6, 5, 4 are right in the prices, then one, then none: 10 of 15.
        self.assertAlmostEqual(self.stat(self.price).facility, 10 / 15)
        self.assertAlmostEqual(self.stat(self.code).facility, 6 / 15)

    def test_only_first_attempts_count(self):
        self.take_all()
        before = self.stat(self.price).facility
        self.take(self.quiz, 6, self.runner.with_user(self.people[4].user_id))
        self.env["callcenter.item.stat"]._build()
        self.assertEqual(self.stat(self.price).facility, before)

    def test_few_answers_are_marked_as_few_and_flag_nothing(self):
        self.take_all()
        self.assertFalse(self.stat(self.price).is_enough)
        self.assertFalse(self.stat(self.price).flag)

    def test_the_quiz_shows_how_surely_it_decides(self):
        self.take_all()
        rows = [(share, 6) for share in self.quiz.attempt_ids.mapped("percent")]
        rows = [(share / 100, count) for share, count in rows]
        phi, error = item_statistics.dependability(rows, 0.8)
        self.assertEqual(self.quiz.stat_count, 5)
        self.assertAlmostEqual(self.quiz.phi_lambda, phi, places=3)
        self.assertAlmostEqual(self.quiz.mark_error, 100 * error, places=1)

    def test_only_the_trainer_sees_the_statistics(self):
        self.take_all()
        model = self.env["callcenter.item.stat"]
        self.assertTrue(model.with_user(self.users["trainer"]).search([]))
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                model.with_user(self.users[role]).search([])
