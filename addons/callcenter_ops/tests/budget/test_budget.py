from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..workstation.common import MARCH, WorkstationCase


class TestBudget(WorkstationCase):
    def test_one_seat_for_a_year_costs_108800(self):
        budget = self.build_budget()
        self.assertEqual(budget.amount_first_month, 27400.0)
        self.assertEqual(budget.amount_one_time, 20000.0)
        self.assertEqual(budget.amount_monthly, 7400.0)
        self.assertEqual(budget.amount_total, 108800.0)
        self.assertEqual(budget.date_to, date(2027, 2, 28))
        self.assertEqual(len(budget.line_ids), 1 + 12 * 3)
        self.assertEqual(sum(budget.line_ids.mapped("amount_plan")), 108800.0)

    def test_stationery_bought_once_makes_107700(self):
        stationery = self.kit.line_ids[1]
        stationery.periodicity = "one_time"
        budget = self.build_budget()
        self.assertEqual(budget.amount_total, 107700.0)
        self.assertEqual(budget.amount_first_month, 27400.0)
        self.assertEqual(budget.amount_monthly, 7300.0)

    def test_changing_seats_or_period_plans_anew(self):
        budget = self.build_budget()
        budget.write({"seat_count": 5, "months": 2})
        self.assertEqual(budget.amount_total, 5 * (27400 + 7400))
        budget.seat_step_ids = [
            Command.create({"month": "2026-04-17", "seat_count": 6})
        ]
        self.assertEqual(budget.amount_total, 5 * 27400 + 6 * 7400 + 20000)

    def test_optional_items_are_included_when_chosen(self):
        headset = self.env["callcenter.cost.item"].create(
            {"name": "Headset", "amount": 2500}
        )
        self.kit.line_ids = [
            Command.create({"item_id": headset.id, "is_optional": True})
        ]
        extra = self.kit.line_ids[-1]
        self.assertEqual(self.build_budget().amount_total, 108800.0)
        with_extra = self.build_budget(optional_line_ids=[Command.set(extra.ids)])
        self.assertEqual(with_extra.amount_total, 111300.0)

    def test_the_form_plans_when_saved(self):
        form = Form(
            self.env["callcenter.workstation.budget"].with_user(
                self.users["supervisor"]
            )
        )
        form.kit_id = self.kit
        form.seat_count = 2
        form.date_from = MARCH
        budget = form.save()
        self.assertEqual(budget.amount_total, 217600.0)

    def test_only_the_director_approves(self):
        budget = self.build_budget()
        for role in ("supervisor", "hr", "manager", "operator", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, budget).action_approve()
        self.assertEqual(budget.state, "draft")
        self.approve(budget)
        self.assertEqual(budget.state, "approved")
        self.assertEqual(budget.approved_by_id, self.users["director"])

    def test_an_approved_plan_is_frozen_for_everybody(self):
        budget = self.approve(self.build_budget())
        line = budget.line_ids[0]
        for role in ("supervisor", "hr", "director"):
            for attack in (
                lambda env_budget: env_budget.write({"seat_count": 9}),
                lambda env_budget: env_budget.write({"state": "draft"}),
                lambda env_budget: env_budget.line_ids[0].write({"amount_plan": 1}),
                lambda env_budget: env_budget.line_ids[0].unlink(),
                lambda env_budget: env_budget.line_ids.create(
                    {
                        "budget_id": env_budget.id,
                        "month": "2026-05-01",
                        "item_id": self.items["Computer"].id,
                        "amount_plan": 1,
                    }
                ),
                lambda env_budget: env_budget.unlink(),
                lambda env_budget: env_budget.action_generate(),
                lambda env_budget: env_budget.seat_step_ids.create(
                    {"budget_id": env_budget.id, "month": MARCH, "seat_count": 7}
                ),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    attack(self.as_(role, budget))
        self.assertTrue(line.exists())
        self.assertEqual((budget.state, budget.amount_total), ("approved", 108800.0))

    def test_a_line_cannot_be_smuggled_from_a_draft_into_an_approved_budget(self):
        approved, draft = self.approve(self.build_budget()), self.build_budget()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.as_("hr", draft.line_ids[0]).write({"budget_id": approved.id})
        self.assertEqual(draft.line_ids[0].budget_id, draft)

    def test_an_expense_finds_its_month_and_item(self):
        budget = self.approve(self.build_budget())
        self.as_("hr", self.env["callcenter.workstation.actual"]).create(
            [
                self.expense(budget, "Computer", 21500.10, "2026-03-09"),
                self.expense(budget, "Internet", 300.25, "2026-03-10"),
                self.expense(budget, "Internet", 300.15, "2026-03-20"),
            ]
        )
        march = budget.line_ids.filtered(lambda line: line.month == MARCH)
        self.assertEqual(
            {line.item_id.name: line.amount_actual for line in march},
            {
                "Computer": 21500.10,
                "Stationery": 0.0,
                "Telephone service": 0.0,
                "Internet": 600.40,
            },
        )
        self.assertEqual(budget.amount_actual, 22100.50)
        self.assertEqual(budget.deviation, -86699.50)
        internet = march.filtered(lambda line: line.item_id == self.items["Internet"])
        self.assertEqual(internet.deviation, 0.40)

    def test_an_expense_nobody_planned_gets_a_line_of_zero(self):
        budget = self.approve(self.build_budget())
        self.env["callcenter.workstation.actual"].create(
            self.expense(budget, "Computer", 100, "2026-07-02")
        )
        line = budget.line_ids.filtered(
            lambda line: (
                line.month == date(2026, 7, 1)
                and line.item_id == self.items["Computer"]
            )
        )
        self.assertEqual(
            (line.amount_plan, line.amount_actual, line.deviation), (0.0, 100.0, 100.0)
        )
        self.assertEqual(budget.amount_total, 108800.0)

    def test_a_refund_lowers_the_actual(self):
        budget = self.approve(self.build_budget())
        actuals = self.env["callcenter.workstation.actual"]
        actuals.create(self.expense(budget, "Computer", 20000, "2026-03-02"))
        actuals.create(
            self.expense(budget, "Computer", 5000, "2026-03-05") | {"is_refund": True}
        )
        self.assertEqual(budget.amount_actual, 15000.0)

    @mute_logger("odoo.sql_db")
    def test_the_same_row_of_the_same_bill_is_entered_once(self):
        budget = self.approve(self.build_budget())
        actuals = self.env["callcenter.workstation.actual"]
        bill = self.expense(budget, "Internet", 600, "2026-03-09") | {
            "document_ref": "Bill  17"
        }
        actuals.create(bill)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            actuals.create(bill | {"document_ref": "bill 17"}).flush_recordset()
        actuals.create(bill | {"document_row": 2})
        self.assertEqual(budget.amount_actual, 1200.0)

    def test_expenses_of_drafts_closed_budgets_and_other_months_are_refused(self):
        draft, closed = self.build_budget(), self.approve(self.build_budget())
        self.as_("director", closed).action_close()
        approved = self.approve(self.build_budget())
        actuals = self.as_("hr", self.env["callcenter.workstation.actual"])
        for budget, day in (
            (draft, "2026-03-02"),
            (closed, "2026-03-02"),
            (approved, "2026-02-28"),
            (approved, "2027-03-01"),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                actuals.create(self.expense(budget, "Internet", 600, day))
        self.assertFalse(actuals.search_count([]))

    def test_an_expense_in_dollars_counts_at_the_rate_of_its_day(self):
        budget, usd = self.approve(self.build_budget()), self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": usd.id,
                    "company_id": self.company.id,
                    "name": day,
                    "inverse_company_rate": rate,
                }
                for day, rate in (("2026-02-28", 80), ("2026-03-10", 81.25))
            ]
        )
        for day, expected in (("2026-03-09", 800.0), ("2026-03-10", 812.5)):
            expense = self.as_("hr", self.env["callcenter.workstation.actual"]).create(
                {
                    "budget_id": budget.id,
                    "item_id": self.items["Internet"].id,
                    "currency_id": usd.id,
                    "amount": 10,
                    "date": day,
                }
            )
            self.assertEqual(expense.amount_company, expected)
        self.assertEqual(budget.amount_actual, 1612.5)

    def test_amounts_of_zero_and_below_are_refused(self):
        budget = self.approve(self.build_budget())
        for amount in (0, -5):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.env["callcenter.workstation.actual"].create(
                    self.expense(budget, "Internet", amount, "2026-03-02")
                ).flush_recordset()

    def test_a_period_of_no_months_is_refused(self):
        for months in (0, -3):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.build_budget(months=months).flush_recordset()

    def test_a_budget_that_plans_nothing_is_not_approved(self):
        budget = self.build_budget(seat_count=0)
        with self.assertRaisesRegex(UserError, "plans nothing"), self.cr.savepoint():
            self.as_("director", budget).action_approve()
        self.assertEqual(budget.state, "draft")

    def expense(self, budget, item, amount, day):
        return {
            "budget_id": budget.id,
            "item_id": self.items[item].id,
            "amount": amount,
            "date": day,
        }
