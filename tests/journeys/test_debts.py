"""A debt from its call to the kept promise, a letter to its answer."""

from browser import PHONE
from odoo import fields
from odoo.tests import new_test_user, tagged
from olsport import OlsportCase
from playwright.sync_api import expect

WIDE = {"width": 1366, "height": 768}

# What is offered to choose, without the line that says it is being looked for.
_OFFERED = ".o-autocomplete--dropdown-item a:not(.o_loading)"


@tagged("post_install", "-at_install")
class TestDebts(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(
            cls.env,
            "journey_caller",
            groups="callcenter_ops.group_operator",
            lang="ru_RU",
            tz="Asia/Yekaterinburg",
            name="Зимина Алла Петровна",
        )
        cls.operator = cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "job_id": cls.job.id,
                "department_id": cls.department.id,
            }
        )
        cls.operator._transition({"callcenter_status": "appointed"})
        cls.client = cls.env["res.partner"].create(
            {
                "name": "Ковалёв Пётр Ильич",
                "phone": "+73430001001",
                "email": "kovalev@client.example.com",
                "state_id": cls.env.ref("base.state_ru_sve").id,
                "country_id": cls.env.ref("base.ru").id,
            }
        )
        cls.today = cls.company._callcenter_today()
        cls.debt = cls.env["callcenter.debt"].create(
            {
                "name": "Счёт № 17",
                "partner_id": cls.client.id,
                "amount": 12_500,
                "date_due": fields.Date.subtract(cls.today, days=20),
            }
        )
        cls.campaign = cls._start_campaign()

    @classmethod
    def _start_campaign(cls):
        """Rules open day and night, for the journey runs at any hour."""
        version = {
            "date_from": "2020-01-01",
            "workday_from": 0,
            "workday_to": 24,
            "dayoff_from": 0,
            "dayoff_to": 24,
            "spares_protected": True,
            "logs_refusals": True,
        }
        rules = cls.env["callcenter.rule.set"].create(
            {
                "name": "Долги, круглосуточно",
                "company_id": False,
                "for_debt": True,
                "version_ids": [(0, 0, version)],
            }
        )
        campaign = cls.env["callcenter.campaign"].create(
            {
                "name": "Просроченные счета",
                "purpose": "debt",
                "partner_domain": repr([("id", "=", cls.client.id)]),
                "rule_set_id": rules.id,
                "priority": "3",
            }
        )
        campaign.action_load_contacts()
        campaign.action_start()
        return campaign

    def test_a_promise_is_taken_at_the_desk_and_kept_by_a_payment(self):
        self._operator_writes_the_promise_down()
        self._supervisor_enters_the_payment()
        self._supervisor_corrects_the_result()

    def _operator_writes_the_promise_down(self):
        with self.window("journey_caller", WIDE) as page:
            self.open_action(page, "callcenter_ops.desk_action")
            page.keyboard.press("F2")
            card = page.locator(".o_cc_card")
            expect(card.locator(".o_cc_debt")).to_contain_text("Счёт № 17")
            self.picture(page, "debt_desk_card")
            self._write_a_mail(page, card)
            page.locator(".o_cc_phone").evaluate("link => link.removeAttribute('href')")
            page.keyboard.press("F8")
            page.click(".o_cc_disposition[data-code=promise]")
            page.click(".o_cc_promise_all")
            page.locator(".o_cc_promise_day").nth(2).click()
            self.picture(page, "debt_desk_promise")
            page.keyboard.press("F9")
            expect(page.locator(".o_cc_card")).to_have_count(0)
        promise = self.env["callcenter.promise"].search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual((promise.amount, promise.state), (12_500, "open"))
        self.assertEqual(
            promise.date_promised, fields.Date.add(promise.date_made, days=3)
        )
        self.promise = promise

    def _write_a_mail(self, page, card):
        page.click(".o_cc_write")
        page.fill(".modal div[name=subject] input", "Счёт № 17")
        page.fill(".modal div[name=note] textarea", "Просим оплатить счёт.")
        self.picture(page, "debt_desk_mail")
        page.click(".modal button[name=action_apply]")
        expect(page.locator(".modal")).to_have_count(0)
        expect(card.locator(".o_cc_history")).to_contain_text("Просим оплатить счёт.")

    def _supervisor_enters_the_payment(self):
        with self.window("journey_supervisor", WIDE) as page:
            self.open_action(page, "callcenter_ops.promise_action")
            expect(page.locator(".o_data_row")).to_contain_text("Ковалёв Пётр Ильич")
            self.picture(page, "debt_promises")
            self.open_record(page, self.debt)
            page.click(".o_field_x2many_list_row_add a")
            page.fill("div[name=name].o_field_widget:not(h1 *) input", "ПП 41")
            page.fill("div[name=payment_ids] div[name=amount] input", "12500")
            page.click(".o_form_button_save")
            expect(page.locator(".o_form_button_save")).to_be_hidden()
            self.picture(page, "debt_form")
        self.env.invalidate_all()
        self.assertEqual((self.promise.state, self.debt.state), ("kept", "paid"))

    def _supervisor_corrects_the_result(self):
        call = self.promise.call_id
        with self.window("journey_supervisor", PHONE) as page:
            self.open_record(page, call)
            self.picture(page, "call_phone")
        with self.window("journey_supervisor", WIDE) as page:
            self.open_record(page, call)
            page.click("button[name=action_ask_correction]")
            page.click(".modal div[name=disposition_id] input")
            page.locator(_OFFERED).first.click()
            page.fill(".modal div[name=reason] textarea", "Не та клавиша")
            self.picture(page, "correction")
            page.click(".modal button[name=action_apply]")
            expect(page.locator(".modal")).to_have_count(0)
            self.picture(page, "correction_done")
        self.env.invalidate_all()
        self.assertEqual(self.promise.state, "cancelled")
        self.assertFalse(call.is_in_force)

    def test_a_letter_is_taken_and_answered(self):
        letter = self.env["callcenter.enquiry"].create(
            {
                "inbox_id": self.env.ref("callcenter_ops.inbox_main").id,
                "name": "Гарантия на коньки",
                "body": "<p>Коньки сломались через неделю.</p>",
                "sender": self.client.email,
                "email_from": self.client.email,
                "partner_id": self.client.id,
            }
        )
        with self.window("journey_caller", WIDE) as page:
            self.open_action(page, "callcenter_ops.enquiry_action")
            page.wait_for_selector("button[name=action_take_next]")
            self.picture(page, "letters_empty")
            page.click("button[name=action_take_next]")
            page.wait_for_selector("button[name=action_ask_result]")
            self.picture(page, "letter_form")
            page.click("button[name=action_ask_result]")
            page.click(".modal div[name=disposition_id] input")
            page.locator(_OFFERED).first.click()
            page.fill(".modal div[name=note] textarea", "Заменим по гарантии")
            self.picture(page, "letter_answer")
            page.click(".modal button[name=action_apply]")
            expect(page.locator(".modal")).to_have_count(0)
        self.env.invalidate_all()
        self.assertEqual(letter.state, "answered")
        self.assertEqual(letter.call_id.note, "Заменим по гарантии")
