"""A week without the sales director: what the deputy may do, and on which days."""

import re
from contextlib import contextmanager
from datetime import date, datetime
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from olsport import OlsportCase
from playwright.sync_api import expect

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 15)
# Instants of the server; Yekaterinburg is five hours ahead.
EVE = datetime(2026, 3, 8, 18, 59, 59)
FIRST_INSTANT = datetime(2026, 3, 8, 19, 0, 0)
LAST_INSTANT = datetime(2026, 3, 15, 18, 59, 59)
FOLLOWING = datetime(2026, 3, 15, 19, 0, 0)


@tagged("post_install", "-at_install")
class TestActing(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls.build_operator("journey_deputy", "Зорина Нина Павловна")
        cls.operator = cls.build_operator("journey_asked", "Зимина Алла Петровна")
        cls.head = cls.people["supervisor"].employee_id
        # Names as texts: while a window is open the page has the database.
        cls.deputy_name = cls.deputy.name
        cls.operator_name = cls.operator.name
        cls.head_name = cls.head.name
        cls.department_name = cls.department.name
        cls.env["callcenter.order.visa.rule"].create(
            {
                "order_type": "transfer",
                "approver": "user",
                "user_id": cls.people["supervisor"].id,
            }
        )

    def test_the_deputy_holds_the_office_from_the_first_day_to_the_last(self):
        with self.clock(EVE):
            self._the_director_signs_the_acting_order()
            self._hr_asks_the_head_to_approve_a_transfer()
            self._the_deputy_is_an_operator_like_any_other()
        with self.clock(FIRST_INSTANT):
            self._the_deputy_sees_the_department()
            self._the_deputy_approves_in_the_heads_place()
        with self.clock(datetime(2026, 3, 11, 7, 0, 0)):
            self._the_screen_says_who_acts()
            self._the_desk_tells_the_operator()
            self._the_screen_says_that_nobody_acts()
        with self.clock(LAST_INSTANT):
            self._what_is_late_is_escalated_to_the_deputy()
            self._the_deputy_sees_the_department()
        with self.clock(FOLLOWING):
            self._the_deputy_is_an_operator_like_any_other()

    @contextmanager
    def clock(self, moment):
        """The server's clock stands at ``moment``; the scheduler has just run."""
        with patch.object(fields.Datetime, "now", staticmethod(lambda *_: moment)):
            with self.database():
                self.env["callcenter.personnel.order"]._cron_execute_due()
                self.env["callcenter.substitution"]._cron_sync_rights()
                self.env.flush_all()
                self.env.invalidate_all()
            yield

    def _the_director_signs_the_acting_order(self):
        orders = self.env["callcenter.personnel.order"]
        order = orders.with_user(self.people["hr"]).create(
            {
                "order_type": "acting",
                "employee_id": self.deputy.id,
                "absent_employee_id": self.head.id,
                "date_order": date(2026, 3, 8),
                "date_effective": FIRST,
                "date_end": LAST,
                "basis": "отпуск руководителя",
            }
        )
        order.action_submit()
        with self.window("journey_director") as page:
            self.sign_order(page, order, "Возложить исполнение обязанностей")
            self.picture(page, "acting-order")
        with self.database():
            self.substitution = order.sudo().substitution_ids
            self.assertEqual(self.substitution.period, "future")

    def _hr_asks_the_head_to_approve_a_transfer(self):
        orders = self.env["callcenter.personnel.order"]
        self.transfer = orders.with_user(self.people["hr"]).create(
            {
                "order_type": "transfer",
                "employee_id": self.operator.id,
                "job_id": self.job.id,
                "department_id": self.department.id,
                "date_order": date(2026, 3, 8),
                "date_effective": date(2026, 4, 1),
                "wage": 48000,
                "basis": "заявление работника",
            }
        )
        self.transfer.action_submit()
        self.assertEqual(
            self.transfer.sudo().visa_ids.user_id, self.people["supervisor"]
        )

    def _the_deputy_is_an_operator_like_any_other(self):
        with self.window("journey_deputy") as page:
            self.open_action(page, "callcenter_ops.acknowledgement_action_own")
            menus = page.locator(".o_menu_sections")
            expect(menus).to_be_visible()
            with self.database():
                supervision = self._get_menu_name("menu_supervision")
            expect(menus).not_to_contain_text(supervision)
        with self.database():
            user = self.deputy.user_id
            self.assertFalse(user.has_group("callcenter_ops.group_supervisor"))
            orders = self.env["callcenter.personnel.order"].with_user(user)
            self.assertFalse(orders.search([("id", "=", self.transfer.id)]))
            board = self.env["callcenter.readiness"].with_user(user)
            self.assertFalse(board.has_access("read"))

    def _the_deputy_sees_the_department(self):
        with self.window("journey_deputy") as page:
            self.open_action(page, "callcenter_ops.readiness_action")
            row = page.locator(".o_data_row", has_text=self.operator_name)
            expect(row).to_be_visible()
            with self.database():
                supervision = self._get_menu_name("menu_supervision")
            expect(page.locator(".o_menu_sections")).to_contain_text(supervision)
            self.picture(page, "acting-board")
        with self.database():
            self.assertEqual(self.substitution.period, "current")

    def _the_deputy_approves_in_the_heads_place(self):
        with self.window("journey_deputy") as page:
            self.open_record(page, self.transfer)
            page.click("button[name=action_approve]")
            expect(page.locator("button[name=action_approve]")).to_be_hidden()
        with self.database():
            visa = self.transfer.sudo().visa_ids
            self.assertEqual(visa.state, "approved")
            self.assertEqual(visa.write_uid, self.deputy.user_id)

    def _the_screen_says_who_acts(self):
        note = self._see_the_department()
        self.assertIn(self.deputy_name, note)
        self.assertIn(self.head_name, note)

    def _the_desk_tells_the_operator(self):
        with self.window("journey_asked") as page:
            self.open_action(page, "callcenter_ops.desk_action")
            notice = page.locator(".o_cc_notice[data-code=acting_head]")
            expect(notice).to_contain_text(self.deputy_name)
            self.picture(page, "acting-desk")

    def _the_screen_says_that_nobody_acts(self):
        with self.database():
            self.deputy._transition({"active": False})
            self.env.flush_all()
        note = self._see_the_department()
        self.assertNotIn(self.deputy_name, note)
        with self.window("journey_hr") as page:
            self.open_action(page, "callcenter_ops.hr_home_action")
            tile = page.locator(".o_cc_count[data-key=headless]")
            expect(tile.locator(".fs-4")).to_have_class(re.compile("text-danger"))
            self.picture(page, "nobody-acts")
            tile.click()
            expect(page.locator(".o_list_view, .o_kanban_view")).to_contain_text(
                self.department_name
            )
        with self.database():
            self.deputy._transition({"active": True})
            self.env.flush_all()

    def _see_the_department(self):
        """What HR reads above the form of the department."""
        with self.window("journey_hr") as page:
            self.open_record(page, self.department)
            alert = page.locator(".alert [name=callcenter_acting_note]")
            expect(alert).to_be_visible()
            with self.database():
                department = self.department.with_user(self.people["hr"])
                said = department.with_context(lang="ru_RU").callcenter_acting_note
            expect(alert).to_have_text(said)
            self.picture(page, "acting-department")
            return said

    def _what_is_late_is_escalated_to_the_deputy(self):
        with self.database():
            description = self.build_description()
            asked = description.acknowledgement_ids.filtered(
                lambda one: one.employee_id == self.operator
            )
            asked._transition({"due_date": date(2026, 3, 10), "reminder": "mailed"})
            self.env["callcenter.acknowledgement"]._cron_remind()
            self.env.flush_all()
            activity = asked.activity_ids.filtered(
                lambda one: self.operator_name in (one.summary or "")
            )
            self.assertEqual(activity.user_id, self.deputy.user_id)

    def _get_menu_name(self, name):
        menu = self.env.ref(f"callcenter_ops.{name}")
        return menu.with_context(lang="ru_RU").name
