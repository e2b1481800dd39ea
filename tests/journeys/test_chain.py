"""The whole chain, from the order of appointment to the order of dismissal."""

from odoo import fields
from odoo.tests import tagged
from olsport import OlsportCase
from playwright.sync_api import expect

CANDIDATE_PASSWORD = "sinitsyna-2026"


@tagged("post_install", "-at_install")
class TestChain(OlsportCase):
    """Each step is done in a browser by the person whose step it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_description()
        cls.build_catalogue()
        cls.quiz = cls.build_quiz()
        cls.kit = cls.build_kit()
        cls.clients = cls.build_clients()
        cls.campaign = cls.build_campaign(cls.clients)

    def test_a_new_operator_walks_from_the_order_to_the_calls_and_out_again(self):
        self._hr_drafts_the_appointment()
        self._director_signs_it()
        self._director_approves_the_budget()
        self._hr_hands_the_workplace_over()
        self._supervisor_starts_the_campaign()
        self._desk_names_what_is_missing()
        self._operator_acknowledges_the_description()
        self._operator_passes_the_quiz()
        self._operator_calls()
        self._operator_hands_in_the_sheet()
        self._supervisor_checks_the_sheet_and_sees_the_calls_in_crm()
        self._dismissal_takes_everything_back()

    # the order of appointment

    def _hr_drafts_the_appointment(self):
        fields_and_names = {
            "employee_id": self.candidate.name,
            "job_id": self.job.name,
            "department_id": self.department.name,
        }
        with self.window("journey_hr") as page:
            self.open_action(page, "callcenter_ops.personnel_order_action")
            page.click(".o_list_button_add, .o-kanban-button-new")
            for field, name in fields_and_names.items():
                self.choose(page, field, name)
            page.fill("[name=wage] input", "45000")
            page.fill("[name=basis] input", "трудовой договор № 12")
            page.click(".o_form_button_save")
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_submit]")).to_be_hidden()
            self.picture(page, "order")
        self.order = self.env["callcenter.personnel.order"].search(
            [("employee_id", "=", self.candidate.id)]
        )
        self.assertEqual(self.order.state, "submitted")
        self.assertEqual(self.order.department_id, self.department)
        self.assertEqual(self._status(), "candidate")

    def _director_signs_it(self):
        with self.window("journey_director") as page:
            self.sign_order(page, self.order, "Принять на работу")
            self.picture(page, "order-signed")
        self.env.invalidate_all()
        self.assertEqual(self.order.state, "executed")
        self.assertEqual(self._status(), "appointed")
        self.user = self.candidate.user_id
        self.assertTrue(self.user.has_group("callcenter_ops.group_operator"))
        # The invitation would let her choose it; no mail leaves a test.
        self.user.write({"password": CANDIDATE_PASSWORD, "lang": "ru_RU"})
        self.user.tz = "Asia/Yekaterinburg"

    # the workplace and its budget

    def _director_approves_the_budget(self):
        budget = self.env["callcenter.workstation.budget"].create(
            {
                "kit_id": self.kit.id,
                "seat_count": 1,
                "months": 12,
                "date_from": fields.Date.today().replace(day=1),
            }
        )
        budget.with_user(self.people["hr"]).action_generate()
        with self.window("journey_director") as page:
            self.open_record(page, budget)
            page.click("button[name=action_approve]")
            expect(page.locator("button[name=action_approve]")).to_be_hidden()
            self.picture(page, "budget")
        self.env.invalidate_all()
        self.assertEqual(budget.state, "approved")
        self.assertEqual(budget.amount_first_month, 27400)
        self.assertEqual(budget.amount_monthly, 7400)

    def _hr_hands_the_workplace_over(self):
        self.place = self.env["callcenter.workstation"].create({"name": "А-01"})
        act = self.env["callcenter.handover"].create(
            {
                "handover_type": "handover",
                "employee_id": self.candidate.id,
                "workstation_id": self.place.id,
            }
        )
        with self.window("journey_hr") as page:
            self.open_record(page, act)
            page.click("button[name=action_issue]")
            expect(page.locator("button[name=action_note_paper]")).to_be_visible()
            page.click("button[name=action_note_paper]")
            expect(page.locator("button[name=action_note_paper]")).to_be_hidden()
        self.env.invalidate_all()
        self.assertEqual(self.place.employee_id, self.candidate)

    def _supervisor_starts_the_campaign(self):
        with self.window("journey_supervisor") as page:
            self.open_record(page, self.campaign)
            page.click("button[name=action_load_contacts]")
            expect(page.locator("button[name=action_start]")).to_be_visible()
            page.click("button[name=action_start]")
            expect(page.locator("button[name=action_pause]")).to_be_visible()
            self.picture(page, "campaign")
        self.env.invalidate_all()
        self.assertEqual(self.campaign.state, "running")
        self.assertEqual(len(self.campaign.contact_ids), len(self.clients))

    # the operator is cleared

    def _desk_names_what_is_missing(self):
        with self._operator_window() as page:
            self._open_desk(page)
            page.keyboard.press("F2")
            reasons = page.locator(".o_cc_reason")
            expect(reasons).to_have_count(2)
            codes = {r.get_attribute("data-code") for r in reasons.all()}
            self.assertEqual(codes, {"acknowledgement_pending", "clearance_missing"})
            self.assert_accessible(page, ".o_cc_desk")
            self.picture(page, "desk-not-cleared")
        self.assertFalse(self.env["callcenter.call.claim"].search([]))

    def _operator_acknowledges_the_description(self):
        with self._operator_window() as page:
            self._open_desk(page)
            page.keyboard.press("F2")
            page.click("[data-code=acknowledgement_pending] button")
            page.click("button[name=action_sign]")
            expect(page.locator("button[name=action_sign]")).to_be_hidden()
        acknowledgement = self.env["callcenter.acknowledgement"].search(
            [("employee_id", "=", self.candidate.id), ("description_id", "!=", False)]
        )
        self.env.invalidate_all()
        self.assertEqual(acknowledgement.state, "signed")
        self.assertEqual(len(acknowledgement.content_hash), 64)

    def _operator_passes_the_quiz(self):
        with self._operator_window() as page:
            self._open_desk(page)
            page.keyboard.press("F2")
            page.click("[data-code=clearance_missing] button")
            page.click(".o_callcenter_quiz_start")
            for position in range(10):
                place = page.locator(".o_callcenter_quiz_place")
                expect(place).to_contain_text(str(position + 1))
                if position == 1:
                    self.picture(page, "quiz")
                self._answer_rightly(page, position)
            expect(page.locator(".o_callcenter_quiz_result")).to_be_visible()
            self.picture(page, "quiz-passed")
        self.env.invalidate_all()
        today = self.company._callcenter_today()
        self.assertEqual(
            self.candidate._get_callcenter_blockers(today)[self.candidate.id], []
        )

    def _answer_rightly(self, page, position):
        key = self._get_key(position)
        if page.locator(".o_callcenter_quiz_question input").count():
            value = str(key["value"]).replace(".", ",")
            page.fill(".o_callcenter_quiz_question input", value)
        for choice in key.get("right", []):
            page.locator(".o_callcenter_quiz_option").nth(choice).click()
        page.click(".o_callcenter_quiz_answer")

    def _get_key(self, position):
        """The key of a question, as the engine alone can read it."""
        with self.database():
            attempt = self.env["callcenter.quiz.attempt"].search(
                [("employee_id", "=", self.candidate.id)]
            )
            item = attempt.item_ids.sorted("position")[position]
            key = self.env["callcenter.quiz.attempt.key"]
            return key.search([("item_id", "=", item.id)]).key

    # the calls

    def _operator_calls(self):
        with self._operator_window() as page:
            self._open_desk(page)
            page.keyboard.press("F2")
            self._call(page, "interested", "Просит прайс на лыжи", picture="desk")
            self._call(page, "callback", "Директор будет завтра", callback=True)
            expect(page.locator("[data-figure=attempts] b")).to_have_text("2")
        self.calls = self.env["callcenter.call"].search([], order="id")
        self.env.invalidate_all()
        self.assertEqual(
            self.calls.mapped("note"), ["Просит прайс на лыжи", "Директор будет завтра"]
        )
        lead = self.calls[0].lead_id
        self.assertEqual(lead.partner_id, self.calls[0].partner_id)
        self.assertEqual(
            self.calls[1].activity_id.activity_type_id,
            self.env.ref("mail.mail_activity_data_call"),
        )

    def _call(self, page, code, note, callback=False, picture=None):
        """One call by the keyboard alone, up to the date of a call-back."""
        expect(page.locator(".o_cc_call")).to_be_visible()
        page.keyboard.press("F8")
        expect(page.locator(".o_cc_disposition").first).to_be_enabled()
        page.click(f".o_cc_disposition[data-code={code}]")
        page.fill(".o_cc_note", note)
        if callback:
            page.locator(".o_cc_callback_choice").last.click()
        if picture:
            self.picture(page, picture)
        with page.expect_response("**/callcenter.desk/finish_call"):
            page.keyboard.press("F9")

    def _operator_hands_in_the_sheet(self):
        self.sheet = self.calls.sheet_id
        self.assertEqual(len(self.sheet), 1)
        with self._operator_window() as page:
            self.open_record(page, self.sheet)
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_submit]")).to_be_hidden()
            self.picture(page, "sheet")
        self.env.invalidate_all()
        self.assertEqual(self.sheet.state, "submitted")

    def _supervisor_checks_the_sheet_and_sees_the_calls_in_crm(self):
        with self.window("journey_supervisor") as page:
            self.open_record(page, self.sheet)
            page.click("button[name=action_check]")
            expect(page.locator("button[name=action_check]")).to_be_hidden()
            self.open_action(page, "callcenter_ops.call_action")
            expect(page.locator(".o_data_row")).to_have_count(2)
            self.picture(page, "director")
            for view in ("pivot", "graph"):
                page.click(f".o_switch_view.o_{view}")
                expect(page.locator(f".o_{view}")).to_be_visible()
                self.picture(page, f"calls-{view}")
        self.env.invalidate_all()
        self.assertEqual(self.sheet.state, "checked")

    # the order of dismissal

    def _dismissal_takes_everything_back(self):
        order = (
            self.env["callcenter.personnel.order"]
            .with_user(self.people["hr"])
            .create(
                {
                    "order_type": "dismissal",
                    "employee_id": self.candidate.id,
                    "dismissal_ground_id": self.env.ref(
                        "callcenter_ops.dismissal_ground_77_1_3"
                    ).id,
                    "basis": "заявление работника",
                }
            )
        )
        order.action_submit()
        with self.window("journey_director") as page:
            self.sign_order(page, order, "Прекратить")
            self.picture(page, "dismissal")
        self.assertEqual(self._status(), "appointed", "the last day is worked")
        self.end_the_day()
        self.assertEqual(self._status(), "dismissed")
        self.assertFalse(self.user.active)
        self.assertFalse(self.user.has_group("callcenter_ops.group_operator"))
        self.assertNotEqual(self.calls[0].lead_id.user_id, self.user)

    # hands

    def _status(self):
        self.env.invalidate_all()
        return self.candidate.callcenter_status

    def _operator_window(self):
        return self.window(self.user.login, password=CANDIDATE_PASSWORD)

    def _open_desk(self, page):
        self.open_action(page, "callcenter_ops.desk_action")
        page.wait_for_selector(".o_cc_desk .o_cc_state")
