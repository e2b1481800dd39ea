from odoo.exceptions import UserError

from ..workstation.common import WorkstationCase


class TestBudgetWatch(WorkstationCase):
    def spend(self, budget, amount, day="2026-03-10", item="Computer", **vals):
        return self.as_("hr", self.env["callcenter.workstation.actual"]).create(
            {
                "budget_id": budget.id,
                "item_id": self.items[item].id,
                "amount": amount,
                "date": day,
            }
            | vals
        )

    def test_forecast_is_spent_plus_what_is_still_planned(self):
        budget = self.approve(self.build_budget())
        self.spend(budget, 22000)
        with self.at("2026-04-15 06:00:00"):
            self.env.invalidate_all()
            # March 22 000 spent; April to February 11 × 7 400 planned
            self.assertEqual(budget.amount_forecast, 22000 + 11 * 7400)
            self.assertEqual(budget.forecast_deviation, 22000 - 27400)
            self.spend(budget, 7000, "2026-04-02", "Telephone service")
            self.assertEqual(budget.amount_forecast, 22000 + 300 + 11 * 7400)

    def test_the_month_turns_by_the_companys_clock(self):
        budget = self.approve(self.build_budget())
        with self.at("2026-03-31 18:59:00"):
            self.env.invalidate_all()
            self.assertEqual(budget.amount_forecast, 108800.0)
        with self.at("2026-03-31 19:01:00"):
            self.env.invalidate_all()
            self.assertEqual(budget.amount_forecast, 81400.0)

    def test_the_picture_shows_the_same_figures(self):
        budget = self.approve(self.build_budget())
        self.spend(budget, 22000)
        with self.at("2026-04-15 06:00:00"):
            self.env.flush_all()
            sums = dict(
                self.as_(
                    "director", self.env["callcenter.workstation.budget.report"]
                )._read_group(
                    [("budget_id", "=", budget.id)], ["series"], ["amount:sum"]
                )
            )
            self.env.invalidate_all()
            self.assertEqual(
                sums,
                {
                    "1_plan": 108800.0,
                    "2_actual": 22000.0,
                    "3_forecast": budget.amount_forecast,
                },
            )

    def test_the_responsible_user_is_told_at_90_and_100_percent_once(self):
        budget = self.build_budget(months=1, user_id=self.users["supervisor"].id)
        self.approve(budget)
        steps = []
        for amount in (24659.99, 0.01, 10, 2729.99, 0.01, 50):
            self.spend(budget, amount)
            steps.append((budget.warned_percent, len(budget.activity_ids)))
        self.assertEqual(steps, [(0, 0), (90, 1), (90, 1), (90, 1), (100, 2), (100, 2)])
        self.assertEqual(budget.activity_ids.user_id, self.users["supervisor"])

    def test_money_that_comes_back_takes_the_warning_back(self):
        budget = self.approve(self.build_budget(months=1))
        self.spend(budget, 27400)
        self.spend(budget, 20000, is_refund=True)
        self.assertEqual(budget.warned_percent, 0)

    def test_a_budget_is_closed_when_what_is_over_the_plan_is_explained(self):
        budget = self.approve(self.build_budget())
        self.spend(budget, 21000)
        with self.assertRaisesRegex(UserError, "without a reason"), self.cr.savepoint():
            self.as_("director", budget).action_close()
        line = budget.line_ids.filtered(lambda line: line.deviation > 0)
        self.as_("hr", line).deviation_reason = "Prices rose"
        self.as_("director", budget).action_close()
        self.assertEqual(budget.state, "closed")

    def test_a_scenario_shows_its_difference_from_the_budget(self):
        budget = self.build_budget(seat_count=2)
        five_more = self.build_budget(seat_count=7, scenario_of_id=budget.id)
        self.assertEqual(five_more.scenario_difference, 5 * 108800.0)
        self.assertEqual(budget.scenario_difference, 0.0)

    def test_scenarios_stand_beside_their_budget(self):
        budget = self.build_budget(seat_count=5)
        action = self.as_("supervisor", budget).action_new_scenario()
        scenario = self.env["callcenter.workstation.budget"].browse(action["res_id"])
        scenario.seat_count = 10
        self.assertEqual((scenario.scenario_of_id, scenario.state), (budget, "draft"))
        domain = budget.action_compare_scenarios()["domain"]
        self.env.flush_all()
        sums = self.env["callcenter.workstation.budget.report"]._read_group(
            [*domain, ("series", "=", "1_plan")], ["budget_id"], ["amount:sum"]
        )
        self.assertEqual(dict(sums), {budget: 5 * 108800.0, scenario: 10 * 108800.0})
