from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import TrainingCase


@tagged("post_install", "-at_install")
class TestKnowledgeResult(TrainingCase):
    """One operator knows balls, the other knows nothing of them; both sell them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.build_products(4)
        cls.expert = cls.build_operator("Expert")
        facts = cls.env["callcenter.fact"].search([("categ_id", "=", cls.balls.id)])
        cls.env["callcenter.mastery"]._in_transition().create(
            [
                {
                    "employee_id": cls.expert.id,
                    "company_id": cls.company.id,
                    "fact_id": fact.id,
                    "p_known": 0.99,
                    "stability": 400,
                    "last_review_at": fields.Datetime.now(),
                }
                for fact in facts
            ]
        )

    def build_figures(self, employee, targets, sales, days=3):
        self.env["callcenter.call.stat"].create(
            {
                "facet": "category",
                "company_id": self.company.id,
                "day": fields.Date.today() - timedelta(days=days),
                "employee_id": employee.id,
                "department_id": employee.department_id.id,
                "categ_id": self.balls.id,
                "attempts": targets,
                "targets": targets,
                "sales": sales,
            }
        )

    def read(self, role="supervisor"):
        rows = self.as_(role, self.env["callcenter.knowledge.result"]).search([])
        return {row.band: row for row in rows}

    def test_operators_stand_by_what_they_know(self):
        self.build_figures(self.expert, 100, 40)
        self.build_figures(self.operator, 100, 10)
        rows = self.read()
        self.assertEqual(set(rows), {"1_low", "3_high"})
        self.assertEqual(
            [(row.target_count, row.conversion) for row in rows.values()],
            [(100, 10), (100, 40)],
        )
        self.assertAlmostEqual(rows["3_high"].low, 30.94, places=2)
        self.assertIn("beyond chance", rows["3_high"].verdict)

    def test_few_cases_give_no_conclusion(self):
        self.build_figures(self.expert, 5, 2)
        self.build_figures(self.operator, 5, 1)
        for row in self.read().values():
            self.assertIn("no conclusion", row.verdict)

    def test_one_group_alone_is_compared_with_nobody(self):
        self.build_figures(self.expert, 50, 5)
        (row,) = self.read().values()
        self.assertIn("Nobody to compare", row.verdict)

    def test_old_sales_are_left_out(self):
        self.build_figures(self.expert, 50, 5, days=120)
        self.assertEqual(self.read(), {})

    def test_leaders_read_it_within_their_departments(self):
        self.build_figures(self.expert, 50, 5)
        self.assertEqual(set(self.read("director")), {"3_high"})
        user = new_test_user(
            self.env, "other_head", groups="callcenter_ops.group_supervisor"
        )
        results = self.env["callcenter.knowledge.result"]
        self.assertFalse(results.with_user(user).search([]))
        for role in ("operator", "hr", "outsider"):
            with self.assertRaises(AccessError):
                self.read(role)
