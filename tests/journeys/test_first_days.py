"""A personnel department begins: from an empty base to the first dismissal."""

import io
import re

from odoo import fields
from odoo.tests import new_test_user, tagged
from olsport import OfficeCase, OlsportCase
from openpyxl import Workbook
from playwright.sync_api import expect

NEWCOMER = "Синицына Вера Олеговна"
PASSWORD = "sinitsyna-2026"
HIRING_ACTIONS = 10
STAFF = """
ФИО;Должность;Отдел;Принят;Приказ;Дата приказа;Оклад
Громов Павел Андреевич;Директор;Дирекция;01.09.2023;1-к;31.08.2023;90000
Лебедева Ирина Сергеевна;Специалист;Дирекция;31.02.2024;2-к;30.01.2024;50000
Зорина Нина Павловна;Оператор;Колл-центр;01.02.2024;3-к;31.01.2024;45000
"""


class Hand:
    """Counts what a person does on a page: a click, a field filled, a choice."""

    def __init__(self, case, page):
        self.case, self.page, self.actions = case, page, 0

    def click(self, selector):
        self.actions += 1
        self.page.locator(selector).first.click()

    def fill(self, field, text):
        self.actions += 1
        self.page.fill(f".modal [name={field}] input", text)

    def choose(self, field, name):
        """Type a name and take it from the list: two actions."""
        self.actions += 2
        self.case.choose_record(self.page, f".modal [name={field}] input", name)


@tagged("post_install", "-at_install")
class TestFirstDays(OfficeCase):
    """Nobody works here yet; there are accounts of the administrator, of HR and of the
    Director."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env = cls.env(context=dict(cls.env.context, lang="ru_RU"))
        cls.env.company.callcenter_tz = "Asia/Yekaterinburg"
        cls.build_account("journey_admin", "group_manager", "base.group_erp_manager")
        cls.hr = cls.build_account("journey_hr", "group_hr")
        cls.director = cls.build_account("journey_director", "group_director")

    @classmethod
    def build_account(cls, login, group, *more):
        groups = ",".join((f"callcenter_ops.{group}", *more))
        zone = "Asia/Yekaterinburg"
        return new_test_user(cls.env, login, groups=groups, lang="ru_RU", tz=zone)

    def test_from_an_empty_base_to_the_first_dismissal(self):
        self.assertFalse(self.env["callcenter.personnel.order"].search_count([]))
        self._the_administrator_sets_the_company_up()
        self._the_department_and_the_post_are_there()
        self._hr_hires_in_few_actions()
        self._the_director_signs_from_his_first_screen()
        self._the_newcomer_signs_her_description()
        self._hr_gives_her_a_place()
        self._hr_dismisses_her_from_the_card()
        self._the_director_signs_from_his_first_screen()
        self.end_the_day()
        self.assertEqual(self._get_person().callcenter_status, "dismissed")
        self.assertFalse(self._get_person().user_id.active)
        self.assertFalse(self.place.employee_id)

    def _the_administrator_sets_the_company_up(self):
        """What papers say of the company, and the number orders go on with."""
        with self.window("journey_admin") as page:
            self.open_action(page, "callcenter_ops.res_company_action_documents")
            page.click(".o_data_row .o_data_cell[name=name]")
            page.fill("[name=callcenter_okpo] input", "00000017")
            page.click(".o_form_button_save")
            expect(page.locator(".o_form_button_save")).to_be_hidden()
            self.open_action(page, "callcenter_ops.order_series_action")
            page.click(".o_list_button_add")
            page.fill(".o_selected_row [name=first_number] input", "101")
            self._choose_appointment(page)
            page.click(".o_list_button_save")
            expect(page.locator(".o_data_row")).to_contain_text("101")
            self.picture(page, "numbers")
        self.assertEqual(self.env.company.callcenter_okpo, "00000017")

    def _choose_appointment(self, page):
        page.click(".o_selected_row [name=order_type] input, [name=order_type] select")
        page.locator(".o_select_menu_item", has_text="Приём").first.click()

    def _the_department_and_the_post_are_there(self):
        department = self.env["hr.department"].create({"name": "Колл-центр"})
        job = self.env["hr.job"].create(
            {
                "name": "Оператор колл-центра",
                "department_id": department.id,
                "is_callcenter_operator": True,
            }
        )
        self.description = self.approve_description(job, self.director)

    def _hr_hires_in_few_actions(self):
        with self.window("journey_hr") as page:
            page.goto("/odoo/hr-home")
            expect(page.locator(".o_cc_today")).to_be_visible()
            self.assert_accessible(page, ".o_cc_today")
            hand = Hand(self, page)
            hand.click(".o_cc_hire")
            hand.fill("name", NEWCOMER)
            hand.fill("work_email", "sinitsyna@olsport.example")
            hand.choose("job_id", "Оператор колл-центра")
            hand.fill("wage", "45000")
            hand.fill("contract_number", "12")
            self.picture(page, "hire")
            hand.click(".modal button[name=action_hire]:visible")
            expect(page.locator("button[name=action_return_to_draft]")).to_be_visible()
            self.assertLessEqual(hand.actions, HIRING_ACTIONS)
        self.assertEqual(self._get_orders("submitted").department_id.name, "Колл-центр")

    def _the_director_signs_from_his_first_screen(self):
        """The order by its day, its paper, the signature."""
        order = self._get_orders("submitted")
        words = order._get_kind().title
        with self.window("journey_director") as page:
            line = page.locator(".o_cc_line", has_text=NEWCOMER)
            line.locator(".o_cc_steps .btn-primary").click()
            expect(page.locator(".modal [name=paper_html]")).to_contain_text(words)
            expect(page.locator(".modal [name=paper_html]")).to_contain_text("00000017")
            self.picture(page, "first-screen-paper")
            page.click(".modal button[name=action_sign]:visible")
            expect(page.locator(".modal")).to_have_count(0)
        self.env.invalidate_all()
        self.assertIn(order.state, ("signed", "executed"))
        self.assertEqual(order.signed_by_id, self.director)

    def _the_newcomer_signs_her_description(self):
        person = self._get_person()
        self.assertEqual(self._get_orders("executed").number, 101)
        self.assertEqual(person.callcenter_status, "appointed")
        # The invitation would let her choose it; no mail leaves a test.
        person.user_id.write({"password": PASSWORD, "lang": "ru_RU"})
        with self.window(person.user_id.login, password=PASSWORD) as page:
            self.open_action(page, "callcenter_ops.acknowledgement_action_own")
            row = page.locator(".o_data_row", has_text="инструкция")
            row.locator("button[name=action_open]").click()
            page.click("button[name=action_sign]")
            expect(page.locator("button[name=action_sign]")).to_be_hidden()
        self.env.invalidate_all()
        self.assertEqual(self.description.acknowledgement_ids.state, "signed")

    def _hr_gives_her_a_place(self):
        self.place = self.env["callcenter.workstation"].create({"name": "А-01"})
        act = self.env["callcenter.handover"].create(
            {"employee_id": self._get_person().id, "workstation_id": self.place.id}
        )
        with self.window("journey_hr") as page:
            self.open_record(page, act)
            page.click("button[name=action_issue]")
            page.click("button[name=action_note_paper]")
            expect(page.locator("button[name=action_note_paper]")).to_be_hidden()
        self.env.invalidate_all()
        self.assertEqual(self.place.employee_id, self._get_person())

    def _hr_dismisses_her_from_the_card(self):
        ground = self.env.ref("callcenter_ops.dismissal_ground_77_1_3")
        shown, typed, person = ground.display_name, ground.name, self._get_person()
        with self.window("journey_hr") as page:
            self.open_record(page, person)
            page.click("button[name=action_callcenter_dismiss]")
            self.choose(page, "dismissal_ground_id", shown, typed)
            page.fill("[name=basis] input", "заявление работника")
            page.click(".o_form_button_save")
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_return_to_draft]")).to_be_visible()
        self.assertEqual(self._get_orders("submitted").order_type, "dismissal")

    def _get_person(self):
        people = self.env["hr.employee"].with_context(active_test=False)
        return people.search([("name", "=", NEWCOMER)])

    def _get_orders(self, state):
        self.env.invalidate_all()
        return self.env["callcenter.personnel.order"].search([("state", "=", state)])

    def test_the_staff_that_works_already_is_brought_in_from_a_workbook(self):
        with self.window("journey_hr") as page:
            self.open_action(page, "callcenter_ops.data_import_action_staff")
            page.click(".o_list_button_add")
            page.set_input_files("[name=file] input[type=file]", self._make_workbook())
            page.click("button[name=action_read_file]")
            page.click(".o_notebook .nav-link[name=columns]")
            expect(page.locator("[name=column_ids] .o_data_row")).to_have_count(7)
            self.picture(page, "staff-columns")
            page.click("button[name=action_start]:visible")
            expect(page.locator("button[name=action_cancel]")).to_be_visible()
        self._the_background_loads_it()
        loaded = self.env["callcenter.data.import"].search([], limit=1)
        with self.window("journey_hr") as page:
            self.open_record(page, loaded)
            bad = page.locator("button[name=action_view_bad_rows]")
            expect(bad).to_contain_text("1")
            self.picture(page, "staff-loaded")
        orders = self._get_orders("executed").sorted("date_order")
        self.assertEqual(orders.mapped("name"), ["1-к", "3-к"])
        self.assertTrue(all(orders.mapped("brought_in")))
        paper = orders[0].with_user(self.hr)._get_paper()
        self.assertEqual(paper["person"], "Громов Павел Андреевич")

    def _the_background_loads_it(self):
        cron = self.env.ref("callcenter_ops.ir_cron_load_imports").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _make_workbook(self):
        book = Workbook()
        for line in STAFF.strip().splitlines():
            book.active.append(line.split(";"))
        stream = io.BytesIO()
        book.save(stream)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return {"name": "staff.xlsx", "mimeType": kind, "buffer": stream.getvalue()}


@tagged("post_install", "-at_install")
class TestOrdersOfADay(OlsportCase):
    """What is not every day's: a candidate reads first, a name changes, a place is
    shared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("journey_operator", "Зорина Нина Павловна")

    def test_a_candidate_reads_and_signs_before_the_contract(self):
        description = self.build_description()
        day = fields.Date.add(self.company._callcenter_today(), days=7)
        order = self._draft(
            order_type="appointment",
            employee_id=self.candidate.id,
            job_id=self.job.id,
            department_id=self.department.id,
            wage=45000,
            date_effective=day,
        )
        order.action_submit()
        name = self.candidate.name
        with self.window("journey_hr") as page:
            self.open_record(page, order)
            page.click("button[name=action_ask_candidate]")
            link = page.locator(".modal [name=url]")
            expect(link).to_contain_text("/callcenter/acts/")
            path = re.search(r"/callcenter/acts/\S+", link.inner_text())[0]
        with self.stranger() as page:
            page.goto(path)
            expect(page.locator("h1")).to_contain_text(name)
            page.fill("input[name=signature]", name)
            page.click("form button")
            expect(page.locator(".alert-success")).to_contain_text(name)
            self.picture(page, "candidate")
        self.env.invalidate_all()
        signed = description.acknowledgement_ids.filtered(
            lambda one: one.employee_id == self.candidate
        )
        self.assertEqual((signed.state, signed.signature), ("signed", name))
        self.assertFalse(order.unread_papers)

    def test_a_new_name_comes_by_an_order(self):
        old, new = self.operator.name, "Рябова Нина Павловна"
        with self.window("journey_hr") as page:
            self.open_action(page, "callcenter_ops.personnel_order_action")
            page.click(".o_list_button_add")
            page.click(".o_selection_badge[value='\"name\"']")
            self.choose(page, "employee_id", old)
            page.fill("[name=new_name] input", new)
            page.fill("[name=basis] input", "свидетельство о браке")
            page.click(".o_form_button_save")
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_return_to_draft]")).to_be_visible()
        order = self.env["callcenter.personnel.order"].search(
            [("employee_id", "=", self.operator.id)]
        )
        with self.window("journey_director") as page:
            self.sign_order(page, order, "Зориной Нины Павловны")
        self.env.invalidate_all()
        self.assertEqual(self.operator.name, new)
        self.assertEqual(self.operator.user_id.name, new)
        paper = order.with_user(self.people["hr"])._get_paper()
        self.assertEqual((paper["old_name"], paper["new_name"]), (old, new))

    def test_two_share_one_place(self):
        place = self.env["callcenter.workstation"].create({"name": "А-07"})
        self.company.callcenter_workplace_policy = "block"
        with self.window("journey_hr") as page:
            self.open_record(page, place)
            page.fill("[name=share_limit] input", "2")
            page.click(".o_form_button_save")
            expect(page.locator(".o_form_button_save")).to_be_hidden()
            self.open_action(page, "callcenter_ops.workstation_share_action")
            page.click(".o_list_button_add")
            for field, name in (
                ("workstation_id", "А-07"),
                ("employee_id", "Зорина Нина Павловна"),
            ):
                self.choose(page, field, name)
            page.click(".o_list_button_save")
            expect(page.locator(".o_data_row")).to_contain_text("Зорина Нина Павловна")
            self.picture(page, "shared-place")
        self.env.invalidate_all()
        self.assertEqual(place.state, "shared")
        today = self.company._callcenter_today()
        blockers = self.operator._get_callcenter_blockers(today)[self.operator.id]
        codes = [blocker["code"] for blocker in blockers]
        self.assertNotIn("no_workplace", codes)

    def _draft(self, **vals):
        orders = self.env["callcenter.personnel.order"]
        return orders.with_user(self.people["hr"]).create(vals)
