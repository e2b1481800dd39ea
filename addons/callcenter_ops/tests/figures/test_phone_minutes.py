from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo import fields
from odoo.tests import BaseCase

from ...models.figures.phone_minutes import PhoneMinutes
from ...tools.workstation.phone_bill import (
    Package,
    bill,
    forecast_minutes,
    share_amount,
)
from ..workstation.common import MARCH, WorkstationCase

URAL = Package(Decimal(6700), "ural", 3000, Decimal("1.80"))


class TestPhoneBill(BaseCase):
    def test_the_free_district_costs_nothing_and_the_rest_counts(self):
        usage = {"line": {"ural": 60 * 9000, "volga": 60 * 2999, "": 60 * 11}}
        month = bill(URAL, usage)["line"]
        self.assertEqual(
            tuple(month),
            (9000, 3010, 0, 10, Decimal("18.00"), Decimal("6718.00")),
        )

    def test_a_pot_is_shared_by_all_lines(self):
        pooled = URAL._replace(is_pooled=True)
        usage = {"a": {"volga": 60 * 5000}, "b": {"volga": 60 * 500}}
        self.assertEqual(
            [month.overrun for month in bill(pooled, usage).values()], [0, 0]
        )
        usage["b"] = {"volga": 60 * 1100}
        months = bill(pooled, usage)
        self.assertEqual(sum(month.overrun for month in months.values()), 180)
        self.assertEqual(months["a"].overrun, Decimal("147.54"))

    def test_forecast_goes_on_at_the_same_pace(self):
        self.assertEqual(
            forecast_minutes(1000, fields.Date.to_date("2026-03-10")), Decimal(3100)
        )

    @settings(max_examples=200, deadline=None)
    @given(
        st.decimals("0", "99999", places=2),
        st.dictionaries(
            st.integers(0, 9), st.decimals("0", "999", places=1), min_size=1
        ),
    )
    def test_the_parts_add_up_to_the_cent(self, amount, weights):
        parts = share_amount(amount, weights)
        self.assertEqual(sum(parts.values()), amount)
        self.assertEqual(parts.keys(), weights.keys())


class TestPhoneMinutes(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.package = cls.env["callcenter.phone.package"].create(
            {
                "name": "Ural",
                "monthly_fee": 6700,
                "free_district": "ural",
                "included_minutes": 100,
                "price_beyond": 1.8,
                "user_id": cls.users["hr"].id,
            }
        )
        cls.line = cls.env["callcenter.phone.line"].create(
            {"name": "Line 1", "package_id": cls.package.id}
        )
        cls.ann = cls.build_employee("Ann")
        cls.bob = cls.build_employee("Bob")
        cls.disposition = cls.env["callcenter.disposition"].search([], limit=1)
        with cls.freeze("2026-03-01 00:00:00"):
            cls.place = cls.build_place(line_id=cls.line.id, employee_id=cls.ann.id)

    @classmethod
    def freeze(cls, moment):
        return cls.at(cls, moment)

    def call(self, employee, started_at, talk_seconds, district="volga", **vals):
        start = fields.Datetime.to_datetime(started_at)
        return self.env["callcenter.call"].create(
            {
                "employee_id": employee.id,
                "company_id": self.company.id,
                "started_at": start,
                "ended_at": start + timedelta(seconds=talk_seconds),
                "talk_seconds": talk_seconds,
                "federal_district": district,
                "disposition_id": self.disposition.id,
            }
            | vals
        )

    def usage(self, day):
        with self.at(f"{day} 12:00:00"):
            self.env.invalidate_all()
            line = self.as_("supervisor", self.line)
            return (line.minutes_free, line.minutes_counted, line.minutes_left)

    def test_each_call_is_rounded_up_to_the_minute(self):
        self.call(self.ann, "2026-03-02 05:00:00", 61)
        self.call(self.ann, "2026-03-02 06:00:00", 1)
        self.call(self.ann, "2026-03-02 07:00:00", 600, "ural")
        self.assertEqual(self.usage("2026-03-02"), (10.0, 3.0, 97.0))
        self.package.rounding_seconds = 1
        self.assertEqual(self.usage("2026-03-02"), (10.0, 1.0, 99.0))

    def test_minutes_belong_to_who_held_the_line_at_that_moment(self):
        self.call(self.bob, "2026-03-02 05:00:00", 600)
        with self.at("2026-03-03 05:00:00"):
            self.place.employee_id = self.bob
        self.call(self.ann, "2026-03-03 06:00:00", 600)
        self.call(self.bob, "2026-03-03 06:00:00", 1200)
        self.assertEqual(self.usage("2026-03-03"), (0.0, 20.0, 80.0))

    def test_only_outgoing_telephone_calls_of_the_companys_month_count(self):
        self.call(self.ann, "2026-03-02 05:00:00", 60, direction="in")
        self.call(self.ann, "2026-03-02 05:00:00", 60, channel="chat")
        self.call(self.ann, "2026-03-31 19:00:00", 60)  # April in Yekaterinburg
        self.call(self.ann, "2026-03-31 18:59:00", 60)
        self.assertEqual(self.usage("2026-03-31"), (0.0, 1.0, 99.0))

    def test_overrun_and_its_forecast_are_priced(self):
        self.call(self.ann, "2026-03-02 05:00:00", 60 * 110)
        with self.at("2026-03-10 12:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.line.amount_overrun, 18.0)
            self.assertEqual(self.line.minutes_forecast, 341.0)
            self.assertEqual(self.line.amount_forecast, 433.8)
            self.assertEqual(round(self.line.usage_percent, 1), 110.0)

    def test_the_responsible_user_is_warned_once_a_month_at_80_percent(self):
        self.call(self.ann, "2026-03-02 05:00:00", 60 * 79)
        with self.at("2026-03-05 12:00:00"):
            self.env["callcenter.phone.line"]._cron_warn_usage()
            self.assertFalse(self.line.activity_ids)
            self.call(self.ann, "2026-03-02 05:00:00", 60)
            self.env.invalidate_all()
            self.env["callcenter.phone.line"]._cron_warn_usage()
            self.env["callcenter.phone.line"]._cron_warn_usage()
        self.assertEqual(len(self.line.activity_ids), 1)
        self.assertEqual(self.line.activity_ids.user_id, self.users["hr"])
        self.assertIn("80 %", self.line.activity_ids.summary)

    def test_the_responsible_user_is_warned_in_his_own_language(self):
        self.users["hr"].lang = "ru_RU"
        self.call(self.ann, "2026-03-02 05:00:00", 60 * 80)
        with self.at("2026-03-05 12:00:00"):
            self.env["callcenter.phone.line"]._cron_warn_usage()
        self.assertIn("израсходовано", self.line.activity_ids.summary)

    def test_packages_are_compared_on_the_calls_of_the_month(self):
        self.call(self.ann, "2026-03-02 05:00:00", 60 * 200)
        small = self.package.copy(
            {"name": "Small", "monthly_fee": 4000, "included_minutes": 50}
        )
        other = self.package.copy(
            {"name": "Volga", "monthly_fee": 7000, "free_district": "volga"}
        )
        wizard = self.as_("hr", self.env["callcenter.phone.package.compare"]).create(
            {"month": "2026-03-15", "company_id": self.company.id}
        )
        wizard.action_compare()
        self.assertEqual(
            [(row.package_id, row.amount_total) for row in wizard.row_ids],
            [
                (small.with_user(self.users["hr"]), 4000 + 150 * 1.8),
                (self.package, 6700 + 100 * 1.8),
                (other, 7000.0),
            ],
        )

    def test_packages_are_priced_by_one_reading_of_the_calls(self):
        packages = self.package
        for fee in (4000, 5000, 6000):
            packages |= self.package.copy({"name": str(fee), "monthly_fee": fee})
        self.line._get_bills(MARCH)
        with self.assertQueryCount(1):
            bills = PhoneMinutes(self.line, MARCH).get_bills_by_package(packages)
        self.assertEqual(list(bills), list(packages))

    def test_the_calls_behind_the_minutes_are_opened_by_district(self):
        counted = self.call(self.ann, "2026-03-02 05:00:00", 60)
        counted |= self.call(self.ann, "2026-03-31 18:59:00", 90, "ural")
        self.call(self.ann, "2026-03-31 19:00:00", 60)  # April in Yekaterinburg
        self.call(self.ann, "2026-03-02 05:00:00", 60, direction="in")
        self.call(self.bob, "2026-03-02 05:00:00", 60)
        with self.at("2026-03-20 12:00:00"):
            action = self.as_("director", self.line).action_open_calls()
        self.assertEqual(self.env["callcenter.call"].search(action["domain"]), counted)
        self.assertEqual(
            action["context"]["pivot_row_groupby"], ["federal_district", "state_id"]
        )

    def test_a_pooled_package_shares_its_minutes(self):
        self.package.is_pooled = True
        with self.at("2026-03-01 01:00:00"):
            second = self.line.copy({"name": "Line 2"})
            self.build_place("A-02", line_id=second.id, employee_id=self.bob.id)
        self.call(self.ann, "2026-03-02 05:00:00", 60 * 150)
        self.call(self.bob, "2026-03-02 05:00:00", 60 * 30)
        self.assertEqual(self.usage("2026-03-31"), (0.0, 150.0, 20.0))
        self.assertEqual(self.line.amount_overrun, 0.0)
