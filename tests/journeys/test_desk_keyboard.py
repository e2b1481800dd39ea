"""A shift at the desk without a mouse: no click, no touch, keys alone."""

from odoo import fields
from odoo.tests import new_test_user, tagged
from olsport import OlsportCase
from playwright.sync_api import expect

LOGIN = "journey_keys"
# Nothing but the keyboard may be needed: what the pointer does is thrown away.
NO_MOUSE = """
for (const name of ["pointerdown", "mousedown", "touchstart"]) {
    addEventListener(name, (ev) => { ev.preventDefault(); ev.stopPropagation();
        window.mouseUsed = true; }, true);
}
"""


@tagged("post_install", "-at_install")
class TestDeskKeyboard(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clients = cls.build_clients()
        user = new_test_user(
            cls.env,
            LOGIN,
            name="Ветрова Анна Львовна",
            groups="base.group_user,callcenter_ops.group_operator",
            lang="ru_RU",
            tz="Asia/Yekaterinburg",
        )
        cls.operator = cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "department_id": cls.department.id,
                "job_id": cls.job.id,
            }
        )
        cls.operator._transition({"callcenter_status": "appointed"})
        cls.campaign = cls.build_campaign(cls.clients)
        cls.campaign.script_id = cls.build_script()
        cls.campaign.action_load_contacts()
        cls.campaign.action_start()

    @classmethod
    def build_script(cls):
        script = cls.env["callcenter.script"].create({"name": "Весна"})
        hello, news = cls.env["callcenter.script.step"].create(
            [
                {
                    "script_id": script.id,
                    "name": "Приветствие",
                    "text": "<p>Здравствуйте, {{ client_name }}!</p>",
                },
                {
                    "script_id": script.id,
                    "name": "Новинки",
                    "text": "<p>Мы привезли новые лыжи.</p>",
                },
            ]
        )
        refusal = cls.env.ref("callcenter_ops.disposition_refusal")
        cls.env["callcenter.script.answer"].create(
            [
                {"step_id": hello.id, "name": "Слушаю", "next_step_id": news.id},
                {"step_id": hello.id, "name": "Занят"},
                {
                    "step_id": news.id,
                    "name": "Не нужно",
                    "disposition_id": refusal.id,
                },
            ]
        )
        return script

    def test_a_shift_by_the_keyboard_alone(self):
        with self.window(LOGIN) as page:
            self.open_action(page, "callcenter_ops.desk_action")
            page.wait_for_selector(".o_cc_desk .o_cc_state")
            page.evaluate(NO_MOUSE)
            self._press(page, "F2", "preview")
            self.picture(page, "keys-client")
            self._refuse_with_a_reason(page)
            self._agree_on_a_call_back(page)
            self._rest_and_go_on(page)
            self._look_for_a_client(page)
            self._answer_a_stranger(page)
            self.assertFalse(page.evaluate("window.mouseUsed || false"))
        self._check_the_books()

    def _press(self, page, key, state):
        page.keyboard.press(key)
        expect(page.locator(f".o_cc_desk[data-state={state}]")).to_be_visible()

    def _refuse_with_a_reason(self, page):
        """The script leads to the refusal, whose required reason is chosen by keys."""
        self._press(page, "F8", "talk")
        page.keyboard.press("ArrowRight")
        expect(page.locator(".o_cc_script")).to_contain_text("новые лыжи")
        page.keyboard.press("ArrowRight")
        refusal = page.locator(".o_cc_disposition[data-code=refusal]")
        expect(refusal).to_have_attribute("aria-checked", "true")
        expect(page.locator(".o_cc_missing")).to_be_visible()
        page.keyboard.press("F9")
        expect(page.locator(".o_cc_desk[data-state=talk]")).to_be_visible()
        expect(page.locator(".o_cc_refusal")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".o_cc_missing")).to_be_hidden()
        self.assert_accessible(page, ".o_cc_desk")
        self.picture(page, "keys-refusal")
        self._press(page, "F9", "preview")

    def _agree_on_a_call_back(self, page):
        """Tomorrow at ten by the client's clock, the fourth choice of the picker."""
        self._press(page, "F8", "talk")
        page.keyboard.press("4")
        expect(page.locator(".o_cc_callback_choice").first).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".o_cc_missing")).to_be_hidden()
        self.assert_accessible(page, ".o_cc_desk")
        self.picture(page, "keys-callback")
        page.keyboard.press("F4")
        page.keyboard.press("F9")
        expect(page.locator(".o_cc_pause_reason").first).to_be_visible()

    def _rest_and_go_on(self, page):
        self._press(page, "1", "pause")
        self.assert_accessible(page, ".o_cc_desk")
        self.picture(page, "keys-pause")
        self._press(page, "F2", "preview")
        page.keyboard.press("F10")
        expect(page.locator(".o_cc_release_reason")).to_be_focused()
        page.keyboard.type("Знакомый")
        self._press(page, "Enter", "ready")

    def _look_for_a_client(self, page):
        """The last client is found by his whole name and informed."""
        with self.database():
            contacts = self.campaign.contact_ids
            name = contacts.filtered(lambda one: not one.last_call_at).partner_id.name
        page.keyboard.press("F3")
        expect(page.locator(".o_cc_search_input")).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.locator(".o_cc_found")).to_be_focused()
        self.picture(page, "keys-search")
        self._press(page, "Enter", "preview")
        expect(page.locator(".o_cc_client_name")).to_have_text(name)
        self._press(page, "F8", "talk")
        page.keyboard.press("1")
        self._press(page, "F9", "ready")

    def _answer_a_stranger(self, page):
        page.keyboard.press("F7")
        expect(page.locator(".o_cc_search_input")).to_be_focused()
        page.keyboard.type("8 (343) 000-88-88")
        page.keyboard.press("Enter")
        expect(page.locator(".o_cc_new_name")).to_be_focused()
        page.keyboard.type("Орлова Анна")
        self.picture(page, "keys-stranger")
        self._press(page, "Enter", "talk")
        expect(page.locator(".o_cc_incoming")).to_be_visible()
        page.keyboard.press("q")
        self.picture(page, "keys-incoming")
        self._press(page, "F9", "ready")

    def _check_the_books(self):
        self.env.invalidate_all()
        calls = self.env["callcenter.call"].search(
            [("employee_id", "=", self.operator.id)], order="id"
        )
        self.assertEqual(
            calls.mapped("disposition_id.code"),
            ["refusal", "callback", "informed", "question_answered"],
        )
        self.assertTrue(calls[0].refusal_reason_id)
        local = fields.Datetime.context_timestamp(
            calls.with_context(tz=calls[1].timezone), calls[1].callback_at
        )
        self.assertEqual((local.hour, local.minute), (10, 0))
        self.assertEqual(calls.mapped("direction"), ["out", "out", "out", "in"])
        self.assertEqual(calls[3].partner_id.name, "Орлова Анна")
        self.assertFalse(self.env["callcenter.call.claim"].search([]))
        states = self.env["callcenter.operator.state"].search(
            [("employee_id", "=", self.operator.id)]
        )
        self.assertIn("pause", states.mapped("state"))
