"""Workplaces: the budget and its amendment, the acts, the count, the floor plan."""

import re
from urllib.parse import urlsplit

from browser import PHONE
from odoo import fields
from odoo.tests import new_test_user, tagged
from olsport import OlsportCase
from playwright.sync_api import expect

WIDE = {"width": 1366, "height": 768}


@tagged("post_install", "-at_install")
class TestWorkstation(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kit = cls.build_kit()
        user = new_test_user(
            cls.env,
            "journey_holder",
            groups="callcenter_ops.group_operator",
            lang="ru_RU",
            name="Зимина Алла Петровна",
        )
        cls.operator = cls.env["hr.employee"].create(
            {"name": user.name, "user_id": user.id, "job_id": cls.job.id}
        )
        cls.operator._transition({"callcenter_status": "appointed"})
        cls.places = cls.env["callcenter.workstation"].create(
            [
                {
                    "name": f"Ж-0{seat}",
                    "room": "Операторский зал",
                    "row_no": 1,
                    "seat_no": seat,
                }
                for seat in (1, 2)
            ]
        )
        cls.things = cls.env["maintenance.equipment"].create(
            [
                {"name": name, "workstation_id": cls.places[0].id, "price": price}
                for name, price in (("Системный блок", 20000), ("Гарнитура", 1500))
            ]
        )

    def test_the_director_approves_a_budget_and_then_its_amendment(self):
        month = fields.Date.today().replace(day=1)
        budget = self.env["callcenter.workstation.budget"].create(
            {"kit_id": self.kit.id, "seat_count": 1, "date_from": month}
        )
        with self.window("journey_director", WIDE) as page:
            self.open_record(page, budget)
            self._expect_amount(page, "amount_total", "108 800")
            words = page.locator("[name=amount_words]")
            expect(words).to_contain_text("Сто восемь тысяч восемьсот рублей")
            self._expect_amount(page, "amount_first_month", "27 400")
            self._expect_amount(page, "amount_monthly", "7 400")
            page.click("button[name=action_approve]")
            expect(page.locator("button[name=action_approve]")).to_be_hidden()
            self.picture(page, "budget-approved")
        self.env.invalidate_all()
        self.assertEqual(budget.state, "approved")
        amendment = self._hr_drafts_an_amendment(budget, month)
        with self.window("journey_director", WIDE) as page:
            self.open_record(page, amendment)
            self._expect_amount(page, "amount_total", "108 800")
            page.click("button[name=action_approve]")
            expect(page.locator("button[name=action_approve]")).to_be_hidden()
            self.picture(page, "amendment-approved")
            self.open_record(page, budget)
            self._expect_amount(page, "amount_total", "217 600")
            self.picture(page, "budget-amended")
        self.env.invalidate_all()
        self.assertEqual((amendment.state, amendment.number), ("approved", 1))

    def _hr_drafts_an_amendment(self, budget, month):
        name = budget.name
        with self.window("journey_hr", WIDE) as page:
            self.open_action(page, "callcenter_ops.workstation_amendment_action")
            page.click(".o_list_button_add")
            self._choose(page, "budget_id", name)
            page.fill("[name=reason] input", "Второе рабочее место")
            self._fill_date(page, "month", month)
            page.fill("[name=seat_count] input", "2")
            page.click("button[name=action_plan]")
            self._expect_amount(page, "amount_total", "108 800")
            self.picture(page, "amendment")
        return self.env["callcenter.workstation.amendment"].search(
            [("budget_id", "=", budget.id)]
        )

    def test_hr_hands_equipment_over_and_takes_it_back(self):
        self._hr_issues("handover")
        self._operator_answers_on_a_phone("Нет кабеля гарнитуры")
        handed = self.things.employee_id
        self.assertEqual((handed, self.places[0].employee_id), (self.operator,) * 2)
        self._hr_issues("return")
        self._operator_confirms_on_a_phone()
        self.assertFalse(self.things.employee_id)
        self.assertEqual(self.places[0].state, "free")
        acts = self.env["callcenter.handover"].search(
            [("employee_id", "=", self.operator.id)], order="id"
        )
        self.assertEqual(acts.mapped("state"), ["done", "done"])
        self.assertEqual(acts[0].employee_remark, "Нет кабеля гарнитуры")

    def _hr_issues(self, kind):
        holder, place = self.operator.name, self.places[0].name
        with self.window("journey_hr", WIDE) as page:
            self.open_action(page, "callcenter_ops.handover_action")
            page.click(".o_list_button_add")
            if kind == "return":
                self._choose_kind(page, "Акт возврата")
            self._choose(page, "employee_id", holder)
            self._choose(page, "workstation_id", place)
            page.click("button[name=action_fill]")
            lines = page.locator("[name=line_ids] .o_data_row")
            expect(lines).to_have_count(2)
            page.click("button[name=action_issue]")
            expect(page.locator("button[name=action_note_paper]")).to_be_visible()
            self.picture(page, f"act-{kind}")

    def _operator_answers_on_a_phone(self, remark):
        with self.window("journey_holder", PHONE) as page:
            self._open_own_act(page)
            page.click("button[name=action_answer]")
            page.fill(".modal [name=remark] textarea", remark)
            self.picture(page, "act-remark-on-a-phone")
            page.click(".modal button[name=action_accept]")
            expect(page.locator(".modal")).to_have_count(0)
            expect(page.get_by_text(remark).first).to_be_visible()
            self.picture(page, "act-signed-on-a-phone")
            self.open_action(page, "callcenter_ops.my_workplace_action_workstation")
            expect(page.locator(".o_form_view")).to_contain_text("Гарнитура")
            self.picture(page, "my-workplace-on-a-phone")
            self.open_action(page, "callcenter_ops.my_workplace_action_equipment")
            expect(page.locator(".o_action_manager")).to_contain_text("Гарнитура")
            self.picture(page, "my-equipment-on-a-phone")
        self.env.invalidate_all()

    def _operator_confirms_on_a_phone(self):
        with self.window("journey_holder", PHONE) as page:
            self._open_own_act(page)
            page.click("button[name=action_accept]")
            expect(page.locator("button[name=action_accept]")).to_have_count(0)
        self.env.invalidate_all()

    def _open_own_act(self, page):
        self.open_action(page, "callcenter_ops.my_workplace_action_handover")
        self.picture(page, "my-acts-on-a-phone")
        page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.click()
        page.wait_for_selector(".o_form_view")

    def test_a_label_opened_on_a_phone_counts_the_thing(self):
        stocktake = self.env["callcenter.stocktake"].create({"name": "Инвентаризация"})
        stocktake.with_user(self.people["hr"]).action_start()
        label = urlsplit(self.things[1]._get_label_url()).path
        place = self.places[0].name
        with self.window("journey_hr", PHONE) as page:
            page.goto(label)
            expect(page.locator("h1")).to_contain_text("Гарнитура")
            expect(page.locator("body")).to_contain_text(place)
            self.picture(page, "label-on-a-phone")
            page.click("form button")
            expect(page.locator("[role=status]")).to_contain_text("Гарнитура")
            self.picture(page, "label-counted-on-a-phone")
            overflow = "document.documentElement.scrollWidth - window.innerWidth"
            self.assertLessEqual(page.evaluate(overflow), 0)
        self.env.invalidate_all()
        counted = stocktake.line_ids.filtered("counted_on")
        self.assertEqual(counted.equipment_id, self.things[1])
        self.assertEqual(counted.counted_by_id, self.people["hr"])

    def test_hr_draws_the_floor_plan_by_drag_and_by_two_taps(self):
        first, second = self.places
        with self.window("journey_hr", WIDE) as page:
            self._open_plan(page)
            page.click(".o_cc_edit")
            page.drag_and_drop(
                f"[data-place='{first.id}']", "[data-row='2'][data-seat='3']"
            )
            expect(page.locator("[data-row='1'][data-seat='1']")).to_be_visible()
            self.assert_accessible(page, ".o_cc_floor")
            self.picture(page, "floor-plan")
        self.env.invalidate_all()
        self.assertEqual((first.row_no, first.seat_no), (2, 3))
        with self.window("journey_hr", PHONE) as page:
            self._open_plan(page)
            page.click(".o_cc_edit")
            page.click(f"[data-place='{first.id}']")
            page.click(f"[data-place='{second.id}']")
            expect(page.locator(".o_cc_taken")).to_have_count(0)
            drawn = page.locator(".o_cc_place").first  # the plan is drawn anew
            expect(drawn).to_have_attribute("data-place", str(first.id))
            page.click(".o_cc_edit")
            self.assert_accessible(page, ".o_cc_floor")
            self.picture(page, "floor-plan-on-a-phone")
            page.click(f"[data-place='{second.id}']")
            expect(page.locator("[name=name] input")).to_have_value("Ж-02")
        self.env.invalidate_all()
        self.assertEqual((first.row_no, first.seat_no), (1, 2))
        self.assertEqual((second.row_no, second.seat_no), (2, 3))

    def _open_plan(self, page):
        self.open_action(page, "callcenter_ops.floor_plan_action")
        page.locator(".o_cc_room", has_text="Операторский зал").click()

    def _choose(self, page, field, name):
        self.choose_record(page, f"[name={field}] input", name)

    def _choose_kind(self, page, label):
        page.locator(
            "[name=handover_type] .o_select_menu_toggler, [name=handover_type] input"
        ).first.click()
        page.locator(".o_select_menu_item", has_text=label).first.click()

    def _fill_date(self, page, field, day):
        page.locator(f"[name={field}] input, [name={field}] button").first.click()
        page.keyboard.press("Control+A")
        page.keyboard.type(f"{day:%d.%m.%Y}")
        page.keyboard.press("Tab")

    def _expect_amount(self, page, field, amount):
        """Wait for an amount, whatever blank stands between its thousands."""
        pattern = amount.replace(" ", r"\s")
        expect(page.locator(f"[name={field}]").first).to_contain_text(
            re.compile(pattern)
        )
