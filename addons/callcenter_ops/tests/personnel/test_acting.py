from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import TODAY, PersonnelCase

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 15)
# Instants by Yekaterinburg's clock, five hours ahead of UTC.
EVE = "2026-03-08 18:59:59"
FIRST_INSTANT = "2026-03-08 19:00:00"
LAST_INSTANT = "2026-03-15 18:59:59"
FOLLOWING = "2026-03-15 19:00:00"


class TestActing(PersonnelCase):
    """What a deputy sees, does and is asked on his days and on no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls.build_operator("Deputy One")
        cls.user = cls.deputy.user_id
        cls.person = cls.build_operator("Anna Sharova")

    def act(self, absent=None, deputy=None, start=FIRST, end=LAST):
        absent = absent or self.supervisor
        return self.stand_in(deputy or self.deputy, absent, start, end)

    def sees_the_department(self):
        departments = self.env["hr.department"].with_user(self.user)
        return self.department in departments.search(
            [("callcenter_is_supervised", "=", True)]
        )

    def test_the_department_is_his_from_the_first_instant_to_the_last(self):
        self.act()
        for moment, seen in {
            EVE: False,
            FIRST_INSTANT: True,
            LAST_INSTANT: True,
            FOLLOWING: False,
        }.items():
            with self.at(moment), self.subTest(moment=moment):
                self.midnight()
                self.assertEqual(self.sees_the_department(), seen)
                board = self.env["callcenter.readiness"].with_user(self.user)
                if seen:
                    self.assertIn(self.person.name, board.search([]).mapped("name"))
                else:
                    with self.assertRaises(AccessError):
                        board.search([])

    def test_the_day_is_the_companys_wherever_it_is(self):
        self.company.callcenter_tz = "Asia/Kamchatka"  # twelve hours ahead
        self.act()
        for moment, seen in {
            "2026-03-08 11:59:59": False,
            "2026-03-08 12:00:00": True,
            "2026-03-15 11:59:59": True,
            "2026-03-15 12:00:00": False,
        }.items():
            with self.at(moment), self.subTest(moment=moment):
                self.midnight()
                self.assertEqual(self.sees_the_department(), seen)

    def test_a_late_scheduler_leaves_no_sight_of_the_department(self):
        self.act()
        with self.at(FIRST_INSTANT):
            self.midnight()
        with self.at(FOLLOWING):  # the scheduler has not run yet
            self.env.invalidate_all()
            self.assertTrue(self.user.has_group("callcenter_ops.group_supervisor"))
            self.assertFalse(self.sees_the_department())

    def ask_the_head(self):
        self.env["callcenter.order.visa.rule"].create(
            {
                "order_type": "appointment",
                "approver": "user",
                "user_id": self.users["supervisor"].id,
            }
        )
        order = self.build_order(order_type="appointment")
        self.as_("hr", order).action_submit()
        return order.sudo()

    def test_what_waits_for_the_heads_approval_goes_to_the_deputy(self):
        order = self.ask_the_head()
        self.act(start=TODAY)
        told = order.activity_ids.filtered(lambda a: a.user_id == self.user)
        self.assertEqual(told.mapped("summary"), ["Approve the order"])
        seen = self.Order.with_user(self.user).search([("id", "=", order.id)])
        self.assertEqual(seen.is_my_visa_pending, True)
        seen.action_approve()
        self.assertEqual(order.visa_ids.state, "approved")

    def test_on_the_following_day_the_order_is_the_heads_again(self):
        order = self.ask_the_head()
        self.act(start=TODAY, end=date(2026, 3, 3))
        with self.at("2026-03-04 07:00:00"):
            self.midnight()
            seen = self.Order.with_user(self.user).search([("id", "=", order.id)])
            self.assertFalse(seen)
            with self.assertRaises(AccessError):
                order.with_user(self.user).action_approve()
            self.assertEqual(order.visa_ids.state, "pending")
            self.as_("supervisor", order).action_approve()
        self.assertEqual(order.visa_ids.state, "approved")

    def test_operators_see_no_approvals_of_others(self):
        order = self.ask_the_head()
        visas = self.env["callcenter.order.visa"].with_user(self.person.user_id)
        self.assertFalse(visas.search([("order_id", "=", order.id)]))

    def test_the_operator_is_told_who_stands_in(self):
        self.act(start=TODAY)
        warnings = self.get_warnings(self.person, TODAY)
        self.assertEqual(
            [(one["code"], one["message"]) for one in warnings[:1]],
            [("acting_head", f"{self.deputy.name} acts for {self.supervisor.name}.")],
        )

    def test_the_desk_tells_the_operator(self):
        self.act(start=TODAY)
        desk = self.env["callcenter.desk"].with_user(self.person.user_id)
        notices = {one["code"]: one["message"] for one in desk.open_desk()["notices"]}
        self.assertIn(self.deputy.name, notices["acting_head"])
        self.assertIn("no_workplace", notices)
        self.company.callcenter_workplace_policy = "none"
        codes = [one["code"] for one in desk.open_desk()["notices"]]
        self.assertEqual(codes, ["acting_head"])

    def headless(self):
        departments = self.env["hr.department"].with_user(self.users["hr"])
        return departments.search(
            [
                ("callcenter_is_headless", "=", True),
                ("id", "in", self.department.ids),
            ]
        )

    def test_nobody_acts_when_the_deputy_is_away_too(self):
        self.act(start=TODAY)
        self.assertFalse(self.headless())
        self.deputy._in_transition().active = False
        self.env.invalidate_all()
        self.assertEqual(self.headless(), self.department)
        warnings = self.get_warnings(self.person, TODAY)
        self.assertEqual(warnings[0]["code"], "no_head")
        self.assertEqual(warnings[0]["message"], "Nobody heads the department today.")

    def test_the_home_of_hr_counts_departments_without_a_head(self):
        panel = self.as_("hr", self.env.ref("callcenter_ops.personnel_panel_headless"))
        before = panel.count
        self.department.manager_id = False
        self.env.invalidate_all()
        self.assertEqual(panel.count, before + 1)
        self.assertTrue(panel.is_urgent)
        action = panel.action_open()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertIn(self.department, found)

    def test_a_head_on_leave_without_a_deputy_is_said(self):
        departments = type(self.env["hr.department"])
        self.patch(departments, "_get_away", lambda self, heads, day: heads)
        self.env.invalidate_all()
        self.assertIn("on leave today", self.department.callcenter_acting_note)
        self.assertEqual(self.headless(), self.department)

    def test_a_deputy_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other company"})
        user = new_test_user(
            self.env,
            "cc_foreign",
            groups="callcenter_ops.group_operator",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        foreign = self.build_employee("Foreign", user=user, company_id=company.id)
        before = self.Order.search_count([])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.act(deputy=foreign)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.act(absent=foreign)
        self.assertEqual(self.Order.search_count([]), before)
        self.assertFalse(user.has_group("callcenter_ops.group_supervisor"))

    def test_the_last_day_before_the_first_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.act(start=LAST, end=FIRST)
        self.assertFalse(
            self.env["callcenter.substitution"].search(
                [("deputy_employee_id", "=", self.deputy.id)]
            )
        )

    def test_the_name_of_a_substitution_speaks_the_readers_language(self):
        name = self.act().with_context(lang="ru_RU").display_name
        self.assertIn("09.03.2026", name)
        self.assertIn("15.03.2026", name)
