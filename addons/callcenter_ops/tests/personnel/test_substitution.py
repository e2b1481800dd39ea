from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import TODAY, PersonnelCase

FIRST, LAST, AFTER = date(2026, 3, 9), date(2026, 3, 15), date(2026, 3, 16)


class TestSubstitution(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls.build_operator("Deputy One")
        cls.user = cls.deputy.user_id

    def order_acting(self, deputy=None, absent=None, start=FIRST, end=LAST):
        return self.build_order(
            deputy or self.deputy,
            order_type="acting",
            absent_employee_id=(absent or self.supervisor).id,
            date_effective=start,
            date_end=end,
        )

    def act(self, **vals):
        return self.sign(self.order_acting(**vals))

    def run_crons(self):
        self.Order._cron_execute_due()
        self.env["callcenter.substitution"]._cron_sync_rights()

    def is_supervisor(self, user=None):
        return (user or self.user).has_group("callcenter_ops.group_supervisor")

    def test_the_deputy_has_the_rights_on_exactly_his_days(self):
        order = self.act()
        expected = {
            "2026-03-08 18:59:59": False,  # 23:59:59 on the eve in Yekaterinburg
            "2026-03-08 19:00:00": True,  # the first instant of the first day
            "2026-03-15 18:59:59": True,  # the last second of the last day
            "2026-03-15 19:00:00": False,
        }
        for moment, rights in expected.items():
            with self.at(moment), self.subTest(moment=moment):
                self.run_crons()
                self.assertEqual(self.is_supervisor(), rights)
        self.assertEqual(order.state, "executed")
        self.assertTrue(self.user.has_group("callcenter_ops.group_operator"))

    def test_the_crons_are_woken_at_the_companys_midnights(self):
        self.env["ir.cron.trigger"].search([]).unlink()
        self.act()
        cron = self.env.ref("callcenter_ops.ir_cron_sync_substitutions")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(
            sorted(map(str, triggers.mapped("call_at"))),
            ["2026-03-08 19:00:00", "2026-03-15 19:00:00"],
        )

    def test_the_acting_manager_is_known_for_any_date(self):
        self.act()
        for day, head in {
            TODAY: self.supervisor,
            FIRST: self.deputy,
            LAST: self.deputy,
            AFTER: self.supervisor,
        }.items():
            with self.subTest(day=day):
                self.assertEqual(self.department._get_acting_manager(day), head)

    def test_operators_may_ask_who_heads_the_department(self):
        self.act()
        department = self.as_("operator", self.department)
        self.assertEqual(department._get_acting_manager(FIRST).id, self.deputy.id)

    def test_the_deputys_own_deputy_heads_the_department(self):
        second = self.build_operator("Deputy Two")
        self.act()
        self.act(deputy=second, absent=self.deputy, start=date(2026, 3, 11))
        head = self.department._get_acting_manager
        self.assertEqual(head(date(2026, 3, 10)), self.deputy)
        self.assertEqual(head(date(2026, 3, 11)), second)
        with self.at("2026-03-11 07:00:00"):
            self.run_crons()
            self.assertTrue(self.is_supervisor(second.user_id))

    def test_deputies_of_one_another_leave_the_department_without_a_head(self):
        self.act()
        self.users["supervisor"].active = True
        self.act(deputy=self.supervisor, absent=self.deputy)
        self.assertFalse(self.department._get_acting_manager(FIRST))
        with self.at("2026-03-09 07:00:00"):
            self.department.invalidate_recordset()
            self.assertEqual(
                self.department.callcenter_acting_note,
                "Nobody heads the department today.",
            )

    def test_a_department_without_a_manager_turns_to_the_one_above(self):
        child = self.env["hr.department"].create(
            {"name": "Evening shift", "parent_id": self.department.id}
        )
        self.act()
        self.assertEqual(child._get_acting_manager(FIRST), self.deputy)
        self.assertEqual(child._get_acting_manager(TODAY), self.supervisor)

    def test_the_screen_says_who_acts(self):
        self.act()
        with self.at("2026-03-09 07:00:00"):
            self.department.invalidate_recordset()
            self.assertEqual(
                self.department.callcenter_acting_note,
                f"{self.deputy.name} acts for {self.supervisor.name}.",
            )
            self.assertEqual(
                self.user._get_callcenter_acting_note(),
                f"acting for {self.supervisor.name}",
            )

    def test_overlapping_deputies_are_refused(self):
        self.act()
        second = self.build_operator("Deputy Two")
        order = self.order_acting(deputy=second, start=LAST, end=date(2026, 3, 20))
        with self.assertRaisesRegex(UserError, "already"):
            self.as_("hr", order).action_submit()

    def test_the_database_itself_refuses_an_overlap(self):
        substitution = self.act().substitution_ids
        other = self.build_operator("Deputy Two")
        order = self.order_acting(deputy=other)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            substitution.copy({"order_id": order.id, "deputy_employee_id": other.id})

    def test_nobody_stands_in_for_himself(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.order_acting(deputy=self.supervisor)

    def test_a_deputy_without_an_account_gets_the_rights_with_the_account(self):
        deputy = self.build_employee("No Account")
        self.act(deputy=deputy, start=TODAY)
        self.assertEqual(self.department._get_acting_manager(TODAY), deputy)
        user = new_test_user(self.env, "late_account", groups="base.group_user")
        deputy.user_id = user
        self.run_crons()
        self.assertTrue(self.is_supervisor(user))

    def test_a_cancelled_order_ends_the_rights_at_once(self):
        order = self.act(start=TODAY)
        self.assertTrue(self.is_supervisor())
        self.cancel(order)
        self.assertFalse(self.is_supervisor())
        self.assertEqual(self.department._get_acting_manager(TODAY), self.supervisor)

    def test_a_cancellation_in_the_middle_keeps_the_days_already_served(self):
        order = self.act(start=TODAY)
        with self.at("2026-03-05 07:00:00"):
            day = date(2026, 3, 5)
            self.cancel(order, date_order=day, date_effective=day)
        head = self.department._get_acting_manager
        self.assertEqual(head(date(2026, 3, 4)), self.deputy)
        self.assertEqual(head(day), self.supervisor)
        self.assertFalse(self.is_supervisor())

    def test_an_order_called_off_before_its_day_never_gives_rights(self):
        self.cancel(self.act())
        with self.at("2026-03-09 07:00:00"):
            self.run_crons()
        self.assertFalse(self.is_supervisor())

    def test_a_supervisor_of_his_own_right_keeps_it_afterwards(self):
        self.user.group_ids |= self.env.ref("callcenter_ops.group_supervisor")
        self.act(start=TODAY)
        with self.at("2026-03-20 07:00:00"):
            self.run_crons()
        self.assertTrue(self.is_supervisor())

    def test_rights_of_two_substitutions_end_with_the_later_one(self):
        other = self.build_operator("Head Two")
        self.env["hr.department"].create({"name": "Second", "manager_id": other.id})
        self.act(start=TODAY, end=date(2026, 3, 5))
        self.act(absent=other, start=TODAY, end=LAST)
        with self.at("2026-03-06 07:00:00"):
            self.run_crons()
            self.assertTrue(self.is_supervisor())
        with self.at("2026-03-16 07:00:00"):
            self.run_crons()
            self.assertFalse(self.is_supervisor())

    def test_a_head_without_an_account_is_replaced_like_any_other(self):
        head = self.build_employee("Head Without Account")
        self.env["hr.department"].create({"name": "Third", "manager_id": head.id})
        self.act(absent=head, start=TODAY)
        self.assertTrue(self.is_supervisor())

    def test_standing_in_for_an_operator_gives_no_rights(self):
        self.act(absent=self.build_operator("Operator Two"), start=TODAY)
        self.assertFalse(self.is_supervisor())

    def test_the_deputy_sees_the_orders_of_the_department_while_he_acts(self):
        hired = self.appoint()
        orders = self.Order.with_user(self.user)
        self.assertFalse(orders.search([("id", "=", hired.id)]))
        self.act(start=TODAY)
        self.assertEqual(orders.search([("id", "=", hired.id)]), hired)

    def test_nobody_writes_a_substitution_by_hand(self):
        substitution = self.act().substitution_ids
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, substitution).write({"date_to": date(2027, 1, 1)})
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, substitution).copy()
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, substitution).unlink()
        self.assertEqual(substitution.date_to, LAST)
