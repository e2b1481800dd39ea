import io

from odoo.tests import tagged
from openpyxl import load_workbook

from ...models.figures.dashboard_cost import CostPanel
from ...models.figures.dashboard_paper import DashboardPaper
from .common import SupervisionCase

_MARCH = {"date_from": "2026-03-02", "date_to": "2026-03-02"}


@tagged("post_install", "-at_install")
class TestDashboardCost(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaigns = cls.env["callcenter.campaign"].create(
            [{"name": name, "purpose": "informative"} for name in ("Autumn", "Winter")]
        )
        autumn, winter = cls.campaigns.ids
        cls.build_cost("2026-03-01", autumn, (60000, 8000, 0), (100, 40, 8, 3))
        cls.build_cost("2026-03-01", winter, (20000, 2000, 10), (50, 0, 0, 0))
        cls.build_cost("2026-02-01", autumn, (1000, 0, 0), (1, 1, 1, 1))

    @classmethod
    def build_cost(cls, month, campaign_id, parts, counts):
        cls.env["callcenter.result.cost"].create(
            {
                "company_id": cls.env.company.id,
                "month": month,
                "employee_id": cls.operator.id,
                "campaign_id": campaign_id,
                "amount_total": sum(parts),
                **dict(
                    zip(
                        ("amount_wage", "amount_workplace", "amount_overrun"),
                        parts,
                        strict=True,
                    )
                ),
                **dict(
                    zip(("attempts", "contacts", "leads", "sales"), counts, strict=True)
                ),
            }
        )

    def read(self, role="director", **asked):
        dashboard = self.as_(role, self.env["callcenter.dashboard"])
        return dashboard.get_data(**_MARCH | asked)["costs"]

    def test_the_director_sees_what_results_of_the_month_cost(self):
        costs = self.read()
        total = costs["total"]
        self.assertEqual(total["amount"], 90010)
        # 90 010 ÷ 150, ÷ 40, ÷ 8, ÷ 3
        self.assertEqual(
            [total[f"per_{n}"] for n in ("attempts", "contacts", "leads", "sales")],
            [600.07, 2250.25, 11251.25, 30003.33],
        )
        self.assertEqual(
            total["formula"], "(80000.00 + 10000.00 + 10.00) ÷ 150 = 600.07"
        )
        self.assertEqual((costs["first"], costs["last"]), ("2026-03-01", "2026-03-31"))
        self.assertIn("wage + workplace + telephone overrun", costs["formula"])

    def test_months_campaigns_and_operators_add_up_to_the_total(self):
        costs = self.read(date_from="2026-02-15")
        self.assertEqual(costs["total"]["amount"], 91010)
        for side in ("months", "campaigns", "operators"):
            self.assertEqual(sum(row["amount"] for row in costs[side]), 91010)
        self.assertEqual(
            [(row["id"], row["amount"]) for row in costs["months"]],
            [("2026-02-01", 1000), ("2026-03-01", 90010)],
        )
        self.assertEqual(
            [(row["name"], row["per_sales"]) for row in costs["campaigns"]],
            [("Autumn", 17250.0), ("Winter", None)],
        )
        self.assertEqual(costs["operators"][0]["name"], "Operator One")

    def test_one_campaign_is_read_alone(self):
        costs = self.read(campaign_id=self.campaigns[1].id)
        self.assertEqual([row["name"] for row in costs["campaigns"]], ["Winter"])
        self.assertIsNone(costs["total"]["per_contacts"])

    def test_who_may_not_see_wages_sees_no_costs(self):
        self.assertIsNone(self.read("supervisor"))
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        tables = DashboardPaper(dashboard.env, **_MARCH).tables
        titles = [table["title"] for table in tables]
        self.assertNotIn("Cost by month", titles)

    def test_the_workbook_carries_the_costs_and_their_formula(self):
        dashboard = self.as_("director", self.env["callcenter.dashboard"])
        paper = DashboardPaper(dashboard.env, **_MARCH)
        book = load_workbook(io.BytesIO(paper.make_xlsx()))
        pages = [page for page in book.worksheets if "Cost by" in page.title]
        rows = [list(page.values) for page in pages]
        self.assertEqual(rows[0][1][1:], self.row(90010, 150, 40, 8, 3))
        self.assertEqual(rows[1][1][0], "Autumn")
        self.assertEqual(rows[1][2][1:], (22010, 50, 0, 0, 0, 440.2, *[None] * 3))
        self.assertEqual(rows[2][1][0], "Operator One")
        self.assertIn("wage + workplace", rows[0][3][0])

    def row(self, amount, *counts):
        return (amount, *counts, *(round(amount / count, 2) for count in counts))

    def test_five_hundred_operators_cost_no_more_questions_than_one(self):
        dashboard = self.as_("director", self.env["callcenter.dashboard"])
        scope = dashboard._get_scope("2026-03-01", "2026-03-31")

        def ask():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            CostPanel(scope).get_data()
            return self.env.cr.sql_log_count - start

        ask()
        few = ask()
        people = self.env["hr.employee"].create([{"name": f"P {n}"} for n in range(40)])
        self.env["callcenter.result.cost"].create(
            [
                {
                    "company_id": self.env.company.id,
                    "month": "2026-03-01",
                    "employee_id": person.id,
                }
                for person in people
            ]
        )
        self.assertEqual(ask(), few)
