"""An operator's whole day at the desk, by keys: each thing takes one or two."""

from browser import PHONE
from odoo.tests import tagged
from olsport import OlsportCase
from playwright.sync_api import expect

LOGIN = "journey_day"


@tagged("post_install", "-at_install")
class TestDeskDay(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator(LOGIN, "Берестова Анна Алексеевна")
        description = cls.build_description()
        user = cls.operator.user_id
        description.acknowledgement_ids.with_user(user).action_acknowledge()
        cls.build_catalogue()
        cls.clients = cls.build_clients()
        cls.clients[0].write(
            {
                "name": "Снегирёв Илья Олегович",
                "is_company": False,
                "comment": "<p>Звонить <b>утром</b></p>",
            }
        )
        cls.clients.callcenter_other_phones = False
        cls.campaign = cls.build_campaign(cls.clients)
        cls.campaign.lead_user_id = cls.operator.user_id
        cls.campaign.script = (
            "<p>Меня зовут {{ operator_name }}. Я говорю с "
            "{{ client_name_instrumental }}?</p>"
        )
        limits = dict.fromkeys(("limit_day", "limit_week", "limit_month"), 0)
        cls.campaign.rule_set_id.version_ids.write(limits)
        cls.campaign.action_load_contacts()
        cls.campaign.action_start()
        cls._promise()

    @classmethod
    def _promise(cls):
        """Yesterday's word to the first client waits to be kept."""
        desk = cls.env["callcenter.desk"].with_user(cls.operator.user_id)
        desk.search_clients(cls.clients[0].name)
        claim = desk.call_client(cls.clients[0].id)["claim"]
        desk.start_call(claim["id"])
        desk.finish_call(claim["id"], "interested", {"note": "Ждёт список"}, False)
        desk.set_state("offline")

    def test_the_day_by_the_keyboard_alone(self):
        with self.window(LOGIN) as page:
            self.open_action(page, "callcenter_ops.desk_action")
            self._look_at_the_day(page)
            self._read_a_clause(page)
            self._keep_the_promise(page)
            self._note_a_number(page)
            self._put_a_slip_right(page)
            self._type_and_lose_the_browser(page)
        with self.window(LOGIN) as page:
            self.open_action(page, "callcenter_ops.desk_action")
            self._go_on(page)
        self._check_the_books()

    def test_a_call_on_the_telephone(self):
        """One line above, Call and Save at the thumb, no keys that it has not."""
        with self.window(LOGIN, PHONE) as page:
            self.open_action(page, "callcenter_ops.desk_action")
            page.click(".o_cc_primary")
            call = page.locator(".o_cc_sticky .o_cc_call")
            expect(call).to_be_in_viewport()
            expect(page.locator("kbd:visible")).to_have_count(0)
            self.assertLessEqual(page.locator(".o_cc_bar").bounding_box()["height"], 48)
            self.assert_accessible(page, ".o_cc_desk")
            self.picture(page, "day-phone-client")
            call.click()
            page.click(".o_cc_disposition[data-code=informed]")
            save = page.locator(".o_cc_sticky .o_cc_save")
            expect(save).to_be_in_viewport()
            self.assertGreaterEqual(save.bounding_box()["height"], 44)
            self.picture(page, "day-phone-result")
            save.click()
            expect(page.locator(".o_cc_desk[data-state=preview]")).to_be_visible()

    def _press(self, page, key, state):
        page.keyboard.press(key)
        expect(page.locator(f".o_cc_desk[data-state={state}]")).to_be_visible()

    def _look_at_the_day(self, page):
        row = page.locator(".o_cc_promise_row")
        expect(row).to_contain_text("Снегирёв Илья Олегович")
        expect(row).to_contain_text("Ждёт список")
        expect(page.locator(".o_cc_plan")).to_be_visible()
        self.assert_accessible(page, ".o_cc_desk")
        self.picture(page, "day-before-the-call")

    def _read_a_clause(self, page):
        """Two keys and the words of the clause."""
        page.keyboard.press("F1")
        expect(page.locator(".o_cc_documents_query")).to_be_focused()
        page.keyboard.type("отчётный лист")
        page.keyboard.press("Enter")
        expect(page.locator(".o_cc_clause_here")).to_contain_text("отчётный лист")
        self.assert_accessible(page, ".o_cc_desk")
        self.picture(page, "day-documents")
        page.keyboard.press("Escape")
        expect(page.locator(".o_cc_documents")).to_have_count(0)

    def _keep_the_promise(self, page):
        """The promised call becomes an order, found by the colour of the goods."""
        self._press(page, "1", "preview")
        expect(page.locator(".o_cc_script")).to_contain_text("Меня зовут Анна.")
        expect(page.locator(".o_cc_script")).to_contain_text("с Ильёй Олеговичем?")
        expect(page.locator(".o_cc_comment")).to_have_text("Звонить утром")
        self._press(page, "F8", "talk")
        page.keyboard.press("F6")
        expect(page.locator(".o_cc_card_query")).to_be_focused()
        page.keyboard.type("беговые красный")
        page.keyboard.press("Enter")
        card = page.locator(".o_cc_product_card")
        expect(card).to_contain_text("Беговые лыжи «Старт»")
        self.assert_accessible(page, ".o_cc_desk")
        self.picture(page, "day-product")
        page.keyboard.press("Escape")
        page.keyboard.press("3")
        page.keyboard.press("Tab")
        expect(page.locator(".o_cc_revenue")).to_be_focused()
        page.keyboard.type("2000")
        page.keyboard.press("Enter")
        expect(page.locator(".o_cc_desk[data-state=preview]")).to_be_visible()

    def _note_a_number(self, page):
        page.keyboard.press("Insert")
        expect(page.locator(".o_cc_note_phone")).to_be_focused()
        page.keyboard.type("8 (343) 000-77-77")
        page.keyboard.press("Enter")
        expect(page.locator(".o_cc_client_note")).to_have_count(0)
        expect(page.locator(".o_cc_other_number")).to_contain_text("000-77-77")
        self.picture(page, "day-second-number")
        page.keyboard.press("+")
        expect(page.locator(".o_cc_phone")).to_contain_text("000-77-77")
        self._press(page, "F8", "talk")
        page.keyboard.press("9")
        self._press(page, "F9", "preview")

    def _put_a_slip_right(self, page):
        page.keyboard.press("Backspace")
        expect(page.locator(".o_cc_own_call").first).to_be_focused()
        self.assert_accessible(page, ".o_cc_desk")
        self.picture(page, "day-own-results")
        page.keyboard.press("Enter")
        expect(page.locator(".o_cc_correction")).to_be_visible()
        page.keyboard.press("1")
        self.picture(page, "day-correction")
        page.keyboard.press("F9")
        expect(page.locator(".o_cc_correction")).to_have_count(0)

    def _type_and_lose_the_browser(self, page):
        self._press(page, "F8", "talk")
        page.locator(".o_cc_note").focus()
        with page.expect_response("**/callcenter.desk/save_draft"):
            page.keyboard.type("Просит перезвонить жене")

    def _go_on(self, page):
        note = page.locator(".o_cc_note")
        expect(note).to_have_value("Просит перезвонить жене")
        page.keyboard.press("1")
        self._press(page, "F9", "ready")

    def _check_the_books(self):
        self.env.invalidate_all()
        calls = self.env["callcenter.call"].search(
            [("employee_id", "=", self.operator.id)], order="id"
        )
        self.assertEqual(
            [call.disposition_id.code for call in calls],
            ["interested", "order", "no_answer", "informed", "informed"],
        )
        self.assertEqual(calls[1].expected_revenue, 2000)
        self.assertEqual(calls[3].correction_of_id, calls[2])
        self.assertEqual(calls[2].phone, "+73430007777")
        self.assertEqual(calls[4].note, "Просит перезвонить жене")
        promise = calls[0].followup_ids
        self.assertEqual((promise.state, promise.closed_call_id), ("done", calls[1]))
