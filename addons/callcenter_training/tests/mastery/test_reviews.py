from odoo.tests import BaseCase

from ...tools.mastery import reviews
from ..common import TrainingCase


class TestReviewFormulas(BaseCase):
    def test_the_pace_is_ones_own_from_ten_answers_on(self):
        self.assertEqual(reviews.seconds_a_card(900, 9), 20)
        self.assertEqual(reviews.seconds_a_card(150, 10), 15)
        self.assertEqual(reviews.seconds_a_card(10, 10), 5)
        self.assertEqual(reviews.seconds_a_card(9000, 10), 120)

    def test_minutes_are_whole(self):
        self.assertEqual(reviews.minutes(0, 20), 0)
        self.assertEqual(reviews.minutes(1, 20), 1)
        self.assertEqual(reviews.minutes(3, 20), 1)
        self.assertEqual(reviews.minutes(10, 15), 3)


class TestReviews(TrainingCase):
    """What low hours are used for: of each operator, without a search a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.callcenter_exam_reserve = 0
        products = cls.build_products(6)
        cls.facts_of_balls = cls.env["callcenter.fact"].search(
            [
                ("product_tmpl_id", "in", products.ids),
                ("template_id", "=", cls.template("price").id),
                ("is_askable", "=", True),
            ]
        )
        cls.other = cls.build_operator("Operator Two")

    def learn(self, employee, count):
        answers = [(fact, False, 0.25) for fact in self.facts_of_balls[:count]]
        mastery = self.env["callcenter.mastery"]
        moment = mastery.env.cr.now().replace(tzinfo=None)
        mastery._learn(employee, answers, moment, is_exam=False)

    def test_what_is_due_and_how_long_it_takes(self):
        with self.at("2026-03-02 07:00:00"):
            self.learn(self.operator, 4)
            self.learn(self.other, 1)
            self.env["callcenter.training.task"].create(
                {
                    "employee_id": self.other.id,
                    "scope": "products",
                    "product_tmpl_ids": [
                        (6, 0, self.facts_of_balls.product_tmpl_id.ids)
                    ],
                    "goal": 5,
                    "due_on": "2026-03-09",
                }
            )
        people = self.operator | self.other
        with self.at("2026-03-03 07:00:00"):
            found = people._get_callcenter_reviews()
            earlier = people._get_callcenter_reviews("2026-03-02 06:00:00")
        self.assertEqual(
            found,
            {
                self.operator.id: {"due": 4, "assigned": 0, "minutes": 2},
                self.other.id: {"due": 1, "assigned": 5, "minutes": 2},
            },
        )
        self.assertEqual(earlier[self.operator.id]["due"], 0)

    def test_more_people_need_no_more_statements(self):
        people = self.operator | self.other
        people |= self.build_operator("Operator Three")
        people._get_callcenter_reviews()
        self.env.flush_all()
        with self.assertQueryCount(6):
            people._get_callcenter_reviews()
