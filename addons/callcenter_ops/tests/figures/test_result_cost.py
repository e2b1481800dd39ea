from datetime import date, timedelta
from decimal import Decimal

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import BaseCase

from ...tools.figures.result_cost import (
    days_share,
    formula,
    per_result,
    workplace_month,
)
from ...tools.workstation.norm import Norm
from ..workstation.common import MARCH, WorkstationCase


class TestResultCostFormulas(BaseCase):
    def test_a_one_time_item_is_spread_over_its_life(self):
        norms = [
            Norm("computer", "one_time", Decimal(1), Decimal(20000)),
            Norm("phone", "monthly", Decimal(1), Decimal(7400)),
            Norm("licence", "yearly", Decimal(1), Decimal(3600)),
        ]
        # 20 000 ÷ 48 + 7 400 + 3 600 ÷ 12
        self.assertEqual(workplace_month(norms, {"computer": 48}), Decimal("8116.67"))

    def test_days_held_twice_count_once(self):
        share = days_share(
            [(date(2026, 2, 1), date(2026, 3, 10)), (date(2026, 3, 8), None)],
            MARCH,
            date(2026, 3, 31),
        )
        self.assertEqual(share, 1)
        self.assertEqual(
            days_share([(date(2026, 3, 31), None)], MARCH, date(2026, 3, 31)),
            Decimal(1) / 31,
        )

    def test_no_results_have_no_cost(self):
        self.assertIsNone(per_result(100, 0))
        self.assertEqual(formula(10.0, 5.5, 0.0, 0), "(10.00 + 5.50 + 0.00) ÷ 0 = —")
        self.assertEqual(formula(10.0, 5.5, 0.0, 3), "(10.00 + 5.50 + 0.00) ÷ 3 = 5.17")


class TestResultCost(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.items["Computer"].replacement_months = 50  # 400 a month
        cls.ann = cls.build_employee("Ann")
        cls.ann.version_id.write(
            {
                "wage": 62000,
                "date_version": "2026-01-01",
                "contract_date_start": "2026-01-01",
            }
        )
        with cls.at(cls, "2026-02-20 05:00:00"):
            cls.place = cls.build_place(employee_id=cls.ann.id, kit_id=cls.kit.id)
        cls.dispositions = {
            flags: cls.env["callcenter.disposition"].search(
                [("is_contact", "=", flags[0]), ("is_sale", "=", flags[1])], limit=1
            )
            for flags in ((False, False), (True, False), (True, True))
        }

    def call(self, flags, talk_seconds, **vals):
        start = fields.Datetime.to_datetime("2026-03-02 05:00:00")
        self.env["callcenter.call"].create(
            {
                "employee_id": self.ann.id,
                "company_id": self.company.id,
                "started_at": start,
                "ended_at": start + timedelta(seconds=talk_seconds),
                "talk_seconds": talk_seconds,
                "disposition_id": self.dispositions[flags].id,
                "is_contact": flags[0],
                "is_sale": flags[1],
            }
            | vals
        )

    def refresh(self):
        self.env["callcenter.result.cost"]._refresh(self.company, MARCH)
        return self.as_("director", self.env["callcenter.result.cost"]).search([])

    def test_wage_and_workplace_over_calls_contacts_and_sales(self):
        for flags in [(False, False)] * 2 + [(True, False)] + [(True, True)]:
            self.call(flags, 60)
        row = self.refresh()
        # 62 000 + (20 000 ÷ 50 + 7 400) = 69 800
        self.assertEqual(
            (row.amount_wage, row.amount_workplace, row.amount_total),
            (62000.0, 7800.0, 69800.0),
        )
        self.assertEqual((row.attempts, row.contacts, row.sales), (4, 2, 1))
        self.assertEqual(row.cost_per_call, 17450.0)
        self.assertEqual(row.cost_per_contact, 34900.0)
        self.assertEqual(row.cost_per_sale, 69800.0)
        self.assertEqual(row.lead_text, "—")
        self.assertEqual(row.call_formula, "(62000.00 + 7800.00 + 0.00) ÷ 4 = 17450.00")

    def test_an_overrun_is_shared_by_the_days_the_line_was_held(self):
        package = self.env["callcenter.phone.package"].create(
            {"name": "P", "monthly_fee": 0, "included_minutes": 10, "price_beyond": 3}
        )
        line = self.env["callcenter.phone.line"].create(
            {"name": "L", "package_id": package.id}
        )
        bob = self.build_employee("Bob")
        with self.at("2026-02-28 05:00:00"):
            self.place.line_id = line
        with self.at("2026-03-21 05:00:00"):
            self.place.employee_id = bob
        self.call((True, False), 60 * 110)
        self.env["callcenter.result.cost"]._refresh(self.company, MARCH)
        rows = self.env["callcenter.result.cost"].search([("month", "=", MARCH)])
        # 100 minutes beyond × 3 = 300, by 21 days of Ann and 11 of Bob
        self.assertEqual(
            {row.employee_id.name: row.amount_overrun for row in rows},
            {"Ann": 196.87, "Bob": 103.13},
        )
        ann = rows.filtered(lambda row: row.employee_id == self.ann)
        # 62 000 + 7 800 × 21 ÷ 31 + 196.87
        self.assertEqual(ann.amount_total, 67480.74)

    def test_campaigns_share_the_cost_by_time_to_the_cent(self):
        campaigns = self.env["callcenter.campaign"].create(
            [
                {"name": name, "purpose": "informative", "company_id": self.company.id}
                for name in ("One", "Two")
            ]
        )
        self.call((True, False), 100, campaign_id=campaigns[0].id)
        self.call((True, False), 200, campaign_id=campaigns[1].id)
        rows = self.refresh()
        self.assertEqual(
            {row.campaign_id.name: row.amount_total for row in rows},
            {"One": 23266.67, "Two": 46533.33},
        )
        [(per_call, total)] = rows._read_group(
            [], [], ["cost_per_call:avg", "amount_total:sum"]
        )
        self.assertEqual((float(per_call), float(total)), (34900.0, 69800.0))

    def test_an_operator_without_calls_still_costs(self):
        row = self.refresh()
        self.assertEqual((row.amount_total, row.attempts), (69800.0, 0))
        self.assertEqual(row.call_text, "—")

    def test_who_left_in_the_month_costs_until_his_last_day(self):
        with self.at("2026-03-16 12:00:00"):
            self.place.employee_id = False
        self.ann.version_id.contract_date_end = "2026-03-16"
        self.ann.active = False
        row = self.refresh()
        # 62 000 × 16 ÷ 31 and 7 800 × 16 ÷ 31
        self.assertEqual((row.amount_wage, row.amount_workplace), (32000.0, 4025.81))

    def test_making_it_anew_changes_nothing(self):
        self.call((True, False), 60)
        first = self.refresh().read(["amount_total", "attempts"])[0]
        second = self.refresh().read(["amount_total", "attempts"])
        self.assertEqual(len(second), 1)
        self.assertEqual(second[0]["amount_total"], first["amount_total"])

    def test_only_director_and_hr_see_wages(self):
        self.refresh()
        for role in ("operator", "supervisor", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, self.env["callcenter.result.cost"]).search([])
        for role in ("director", "hr"):
            rows = self.as_(role, self.env["callcenter.result.cost"]).search([])
            self.assertEqual(rows.amount_total, 69800.0)
            with self.assertRaises(AccessError):
                rows.write({"amount_total": 1})

    def test_calls_that_no_operator_answered_are_nobodys_cost(self):
        self.env["callcenter.call.stat"].create(
            {
                "facet": "operator",
                "company_id": self.company.id,
                "day": MARCH,
                "attempts": 5,
            }
        )
        rows = self.refresh()
        self.assertEqual(rows.employee_id, self.ann)
        self.assertEqual(sum(rows.mapped("attempts")), 0)
