"""An operator leaves: HR drafts, the Director signs, the last day is worked."""

import re

from browser import PHONE
from odoo.tests import new_test_user, tagged
from olsport import OlsportCase
from playwright.sync_api import expect

PASSWORD = "sinitsyna-2026"


@tagged("post_install", "-at_install")
class TestDismissal(OlsportCase):
    """Everything that the leaver held is found in other hands the next morning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls.env["callcenter.personnel.order"]
        cls.env["callcenter.order.visa.rule"].create(
            {"order_type": "dismissal", "approver": "head"}
        )
        cls.ground = cls.env.ref("callcenter_ops.dismissal_ground_77_1_3")
        cls.heir = cls._build_heir()
        cls._appoint()
        cls.user = cls.candidate.user_id
        cls.user.write({"password": PASSWORD, "lang": "ru_RU"})
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Лыжи для школы",
                "type": "opportunity",
                "user_id": cls.user.id,
            }
        )
        cls.lead.activity_schedule(
            "mail.mail_activity_data_call", user_id=cls.user.id, summary="Перезвонить"
        )

    @classmethod
    def _build_heir(cls):
        user = new_test_user(
            cls.env,
            "journey_heir",
            name="Зимина Алла Петровна",
            groups="callcenter_ops.group_operator",
            lang="ru_RU",
        )
        heir = cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "job_id": cls.job.id,
                "department_id": cls.department.id,
            }
        )
        heir._transition({"callcenter_status": "appointed"})
        return heir

    @classmethod
    def _appoint(cls):
        order = cls.orders.with_user(cls.people["hr"]).create(
            {
                "order_type": "appointment",
                "employee_id": cls.candidate.id,
                "job_id": cls.job.id,
                "department_id": cls.department.id,
                "wage": 45000,
                "basis": "трудовой договор № 12",
            }
        )
        order.action_submit()
        order.with_user(cls.people["director"]).action_sign()

    def test_the_last_day_is_worked_and_then_everything_is_handed_over(self):
        self._hr_drafts_the_order()
        self._hr_looks_in_from_a_phone()
        self._the_head_refuses_with_a_remark()
        self._hr_mends_it_and_submits_again()
        self._the_head_approves_and_the_director_signs()
        self._the_operator_still_works()
        self.end_the_day()
        self._everything_is_in_other_hands()
        self._the_operator_is_out()

    def test_hr_ends_the_last_day_when_the_work_is_done(self):
        order = self.orders.with_user(self.people["hr"]).create(
            {
                "order_type": "dismissal",
                "employee_id": self.candidate.id,
                "dismissal_ground_id": self.ground.id,
                "basis": "заявление работника",
            }
        )
        order.action_submit()
        order.with_user(self.people["supervisor"]).action_approve()
        order.with_user(self.people["director"]).action_sign()
        with self.window("journey_hr") as page:
            self.open_record(page, order)
            page.get_by_role(
                "button", name=re.compile("End the last|последний")
            ).click()
            page.fill(".modal [name=note] textarea:visible", "Дела сданы")
            page.locator(".modal button[name=action_apply]:visible").click()
            expect(page.locator(".modal")).to_be_hidden()
            expect(page.locator(".o_field_widget[name=executed_on]")).to_be_visible()
            self.picture(page, "dismissal-ended-early")
        self.env.invalidate_all()
        self.assertEqual(order.state, "executed")
        self._the_operator_is_out()

    # the order

    def _hr_drafts_the_order(self):
        # Read before the window opens: its requests share the test's connection.
        tiles = self.env["callcenter.personnel.panel"].search_count([])
        head, leaver = self.people["supervisor"].name, self.candidate.name
        ground, wording = self.ground.display_name, self.ground.name
        with self.window("journey_hr") as page:
            self.open_action(page, "callcenter_ops.hr_home_action")
            kinds = page.locator(".o_cc_count, .o_cc_zeros button")
            expect(kinds).to_have_count(tiles)
            expect(page.locator(".o_cc_staff_totals")).to_be_visible()
            self.picture(page, "hr-home")
            self.open_action(page, "callcenter_ops.hr_employee_action_org_chart")
            card = page.locator(".o_hierarchy_node", has_text=head)
            card.locator(".o_hierarchy_node_button").click()
            below = page.locator(".o_hierarchy_node", has_text=leaver)
            expect(below).to_be_visible()
            self.picture(page, "organisation-chart")
            self.open_action(page, "callcenter_ops.personnel_order_action_staff_move")
            expect(page.locator(".o_pivot table")).to_be_visible()
            self.picture(page, "hires-and-leavers")
            self.open_action(page, "callcenter_ops.personnel_order_action")
            page.click(".o_list_button_add, .o-kanban-button-new")
            page.click(".o_selection_badge[value='\"dismissal\"']")
            self.choose(page, "employee_id", leaver)
            self.choose(page, "dismissal_ground_id", ground, wording)
            page.fill("[name=basis] input", "заявление")
            page.click(".o_form_button_save")
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_submit]")).to_be_hidden()
        self.order = self.orders.search(
            [("employee_id", "=", self.candidate.id), ("order_type", "=", "dismissal")]
        )
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "submitted")

    def _hr_looks_in_from_a_phone(self):
        with self.window("journey_hr", PHONE) as page:
            self.open_action(page, "callcenter_ops.hr_home_action")
            expect(page.locator(".o_cc_staff_totals")).to_be_visible()
            width = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, PHONE["width"])
            self.picture(page, "hr-home-phone")
            self.open_record(page, self.order)
            self.picture(page, "order-phone")

    def _the_head_refuses_with_a_remark(self):
        with self.window("journey_supervisor") as page:
            self.open_record(page, self.order)
            page.locator(".o_form_statusbar button").nth(1).click()
            page.fill(".modal [name=note] textarea:visible", "Назовите преемника")
            self.picture(page, "refusal")
            page.locator(".modal button[name=action_apply]:visible").click()
            expect(page.locator(".modal")).to_be_hidden()
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self.order.visa_ids.note, "Назовите преемника")

    def _hr_mends_it_and_submits_again(self):
        heir = self.heir.name
        with self.window("journey_hr") as page:
            self.open_record(page, self.order)
            expect(page.locator(".o-mail-Chatter")).to_contain_text(
                "Назовите преемника"
            )
            self.choose(page, "successor_id", heir)
            page.click(".o_form_button_save")
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_submit]")).to_be_hidden()

    def _the_head_approves_and_the_director_signs(self):
        with self.window("journey_supervisor") as page:
            self.open_record(page, self.order)
            page.click("button[name=action_approve]")
            expect(page.locator("button[name=action_approve]")).to_be_hidden()
        with self.window("journey_director") as page:
            self.sign_order(page, self.order, "Прекратить")
            self.picture(page, "dismissal-signed")
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "signed")
        self.assertEqual(self.order.name, f"1-У/{self.order.year}")

    # the last day and the next morning

    def _the_operator_still_works(self):
        login = self.user.login
        with self.window(login, password=PASSWORD) as page:
            self.open_action(page, "callcenter_ops.desk_action")
            expect(page.locator(".o_cc_desk .o_cc_state")).to_be_visible()
        self.env.invalidate_all()
        self.assertEqual(self.candidate.callcenter_status, "appointed")

    def _everything_is_in_other_hands(self):
        self.assertEqual(self.order.state, "executed")
        self.assertEqual(self.lead.user_id, self.heir.user_id)
        self.assertEqual(self.lead.activity_ids.user_id, self.heir.user_id)
        self.assertEqual(self.candidate.departure_date, self.order.date_effective)
        heir = self.heir.name
        with self.window("journey_hr") as page:
            self.open_record(page, self.order)
            page.click(".o_notebook a[name=handover]")
            rows = page.locator("[name=handover_ids] .o_data_row")
            expect(rows.filter(has_text=heir)).to_have_count(2)
            self.picture(page, "handed-over")

    def _the_operator_is_out(self):
        self.env.invalidate_all()
        self.assertFalse(self.user.active)
        self.assertFalse(self.candidate.active)
        login = self.user.login
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            context = self.chromium.new_context(base_url=self.base_url())
            page = context.new_page()
            page.goto("/web/login")
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", PASSWORD)
            page.click("button[type=submit]")
            expect(page.locator(".alert-danger")).to_be_visible()
            page.goto("about:blank")
            context.close()
