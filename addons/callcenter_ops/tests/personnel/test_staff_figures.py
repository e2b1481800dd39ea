from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase

from ...tools.personnel.staff_figures import (
    DAYS_IN_MONTH,
    last_months,
    month_bounds,
    pair_stints,
    staff_month,
)
from .common import PersonnelCase

APRIL = (date(2026, 4, 1), date(2026, 4, 30))


class TestStaffFormulas(BaseCase):
    def test_a_leaver_of_two_people_is_a_turnover_of_the_average_headcount(self):
        """15 of 30 days worked by the leaver: 1.5 on average, two thirds of it left."""
        stints = [(date(2026, 1, 1), None), (date(2026, 1, 1), date(2026, 4, 15))]
        month = staff_month(stints, *APRIL)
        self.assertEqual((month.hires, month.leavers, month.headcount), (0, 1, 1))
        self.assertEqual(month.average, 1.5)
        self.assertAlmostEqual(month.turnover, 2 / 3)

    def test_the_last_working_day_counts_as_worked(self):
        month = staff_month([(APRIL[0], APRIL[1])], *APRIL)
        self.assertEqual((month.hires, month.leavers, month.headcount), (1, 1, 0))
        self.assertEqual(month.average, 1)
        self.assertEqual(month.turnover, 1)
        self.assertIsNone(month.service)

    def test_service_is_the_mean_of_those_still_here(self):
        last = APRIL[1]
        days = (365, 35, 900)
        stints = [(last - timedelta(days=number - 1), None) for number in days[:2]]
        stints.append((last - timedelta(days=days[2]), last - timedelta(days=1)))
        month = staff_month(stints, *APRIL)
        self.assertAlmostEqual(month.service, 200 / DAYS_IN_MONTH)

    def test_nobody_gives_no_quotient(self):
        month = staff_month([], *APRIL)
        self.assertEqual(
            (month.average, month.turnover, month.service), (0, None, None)
        )

    def test_stints_are_paired_by_person(self):
        day = date(2026, 1, 1)
        events = [
            (1, day, True),
            (2, day, False),  # a departure without an arrival
            (1, day + timedelta(days=9), False),
            (1, day + timedelta(days=10), True),
            (1, day + timedelta(days=11), True),  # a second arrival in a row
        ]
        self.assertEqual(
            pair_stints(events),
            [
                (day, day + timedelta(days=9)),
                (day + timedelta(days=10), None),
            ],
        )

    def test_months_end_with_today(self):
        self.assertEqual(
            last_months(date(2026, 3, 2), 3),
            [
                (date(2026, 1, 1), date(2026, 1, 31)),
                (date(2026, 2, 1), date(2026, 2, 28)),
                (date(2026, 3, 1), date(2026, 3, 2)),
            ],
        )
        self.assertEqual(month_bounds(date(2028, 2, 9))[1], date(2028, 2, 29))


class TestStaffFigures(PersonnelCase):
    def get_months(self, role="hr", **kwargs):
        figures = self.env["callcenter.staff.figures"].with_user(self.users[role])
        return figures.get_data(**kwargs)["months"]

    def test_figures_follow_the_executed_orders_alone(self):
        self.appoint()
        self.appoint(self.build_employee("Second"))
        called_off = self.appoint(self.build_employee("Called off"))
        self.cancel(called_off)
        self.appoint(self.build_employee("Later"), date_effective=date(2026, 3, 9))
        self.dismiss(self.candidate, date_effective=date(2026, 3, 2))
        with self.at("2026-03-03 07:00:00"):
            months = self.get_months()
            self.assertEqual(len(months), 12)
            march = months[-1]
        self.assertEqual((march["first"], march["last"]), ("2026-03-01", "2026-03-03"))
        self.assertEqual((march["hires"], march["leavers"]), (2, 1))
        self.assertEqual(march["headcount"], 1)
        self.assertEqual(march["average"], 1)  # 0, 2 and 1 people on three days
        self.assertEqual(march["turnover"], 1)
        self.assertAlmostEqual(march["service"], 2 / DAYS_IN_MONTH)
        self.assertEqual(months[0]["headcount"], 0)
        self.assertIsNone(months[0]["turnover"])

    def test_figures_are_for_hr_and_the_director(self):
        self.assertEqual(len(self.get_months("director", months=24)), 24)
        for role in ("operator", "supervisor", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.get_months(role)

    def test_a_span_without_sense_is_refused(self):
        for months in (0, -1, 121, "12", None):
            with self.subTest(months=months), self.assertRaises(UserError):
                self.get_months(months=months)

    def test_the_chart_shows_the_appointed_and_those_above_them(self):
        self.appoint()
        self.build_employee("Storekeeper")
        employees = self.env["hr.employee"].with_user(self.users["hr"])
        shown = employees.search([("callcenter_in_chart", "=", True)])
        self.assertEqual(shown.ids, (self.supervisor | self.candidate).sorted().ids)
        self.assertTrue(all(shown.mapped("callcenter_in_chart")))
        hidden = employees.search([("callcenter_in_chart", "=", False)])
        self.assertIn("Storekeeper", hidden.mapped("name"))

    def test_the_chart_says_who_acts_for_whom(self):
        deputy = self.build_operator("Deputy One")
        self.sign(
            self.build_order(
                deputy,
                order_type="acting",
                absent_employee_id=self.supervisor.id,
                date_end=date(2026, 3, 9),
            )
        )
        notes = (self.supervisor | deputy).with_user(self.users["hr"])
        self.assertEqual(
            notes.mapped("callcenter_chart_note"),
            ["Absent: Deputy One acts", "Acts for Supervisor"],
        )
