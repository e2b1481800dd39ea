"""A day's figures in Russian: evaluated, appealed, checked by a deputy, directed."""

from datetime import timedelta

from browser import PHONE
from odoo import fields
from odoo.tests import tagged
from olsport import OlsportCase
from playwright.sync_api import expect

BOARD = {"width": 1920, "height": 1080}


def _find_zone_of_hour(moment, hour):
    """A zone where it is ``hour`` o'clock: figures of the night are shown as well."""
    ahead = (hour - moment.hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"


@tagged("post_install", "-at_install")
class TestSupervision(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("journey_caller", "Зимина Алла Петровна")
        cls.deputy = cls.build_operator("journey_deputy", "Рощина Нина Юрьевна")
        cls.appoint_deputy()
        cls.card = cls.build_scorecard()
        for code in ("order", "informed", "refusal"):
            cls.call = cls.build_call(code)
        right = cls.find_disposition("no_answer")
        cls.build_call("busy").with_user(cls.people["supervisor"]).action_correct(
            right.id, {}, "Не та клавиша"
        )
        cls.sheet = cls.call.sheet_id
        cls.build_pbx_calls()
        cls.env["crm.lead"].create(
            {
                "name": "Заявка с выставки",
                "state_id": cls.env.ref("base.state_ru_sve").id,
                "user_id": cls.people["supervisor"].id,
            }
        )

    @classmethod
    def build_pbx_calls(cls):
        """One caller answered at once, one who gave up."""
        calls = cls.env["callcenter.pbx.call"].create(
            [
                {
                    "company_id": cls.company.id,
                    "ident": str(wait),
                    "line": "Поддержка",
                    "phone": "+73430001001",
                    "started_at": fields.Datetime.now(),
                    "wait_seconds": wait,
                    "is_answered": wait < 30,
                }
                for wait in (8, 45)
            ]
        )
        cls.env["callcenter.service.day"]._count(cls.company, set(calls.mapped("day")))

    @classmethod
    def appoint_deputy(cls):
        """An acting order of today: the deputy heads the department at once."""
        today = cls.company._callcenter_today()
        order = cls.env["callcenter.personnel.order"].create(
            {
                "order_type": "acting",
                "employee_id": cls.deputy.id,
                "absent_employee_id": cls.people["supervisor"].employee_id.id,
                "date_order": today,
                "date_effective": today,
                "date_end": today + timedelta(days=3),
                "basis": "Отпуск руководителя",
            }
        )
        order.with_user(cls.people["hr"]).action_submit()
        order.with_user(cls.people["director"]).action_sign()
        cls.env["callcenter.substitution"]._cron_sync_rights()

    @classmethod
    def build_scorecard(cls):
        topic = cls.env.ref("callcenter_ops.topic_sales_techniques")
        card = cls.env["callcenter.scorecard"].create(
            {
                "name": "Исходящий звонок",
                "criterion_ids": [
                    (0, 0, {"name": "Приветствие", "points": 40}),
                    (
                        0,
                        0,
                        {"name": "Предложение", "points": 60, "topic_id": topic.id},
                    ),
                ],
            }
        )
        card.with_user(cls.people["supervisor"]).action_approve()
        return card

    @classmethod
    def find_disposition(cls, code):
        return cls.env["callcenter.disposition"].search([("code", "=", code)])

    @classmethod
    def build_call(cls, code):
        disposition = cls.find_disposition(code)
        now = fields.Datetime.now()
        return cls.env["callcenter.call"].create(
            {
                "employee_id": cls.operator.id,
                "user_id": cls.operator.user_id.id,
                "department_id": cls.department.id,
                "company_id": cls.company.id,
                "phone": "+73430001001",
                "state_id": cls.env.ref("base.state_ru_sve").id,
                "federal_district": "ural",
                "timezone": _find_zone_of_hour(now, 3),
                "started_at": now,
                "ended_at": now,
                "talk_seconds": 120,
                "wrap_seconds": 20,
                "disposition_id": disposition.id,
                "is_contact": disposition.is_contact,
                "is_target": disposition.is_target,
                "is_sale": disposition.is_sale,
                "expected_revenue": 15000 if disposition.is_sale else 0,
            }
        )

    def test_a_day_is_judged_appealed_checked_and_told(self):
        evaluation = self._supervisor_evaluates_a_call()
        self._operator_replies_and_appeals_on_a_phone(evaluation)
        self._director_decides(evaluation)
        self._operator_hands_the_day_in()
        self._deputy_checks_the_teams_day()
        self._supervisor_opens_what_stands_behind_figures()
        self._director_reads_the_dashboard_and_takes_it_away()

    def _supervisor_evaluates_a_call(self):
        with self.window("journey_supervisor") as page:
            self.open_record(page, self.call)
            page.click("button[name=action_evaluate]")
            self._mark(page, 0, "Да")
            self._mark(page, 1, "Нет")
            self.picture(page, "evaluation-open")
            page.click("button[name=action_finish]")
            expect(page.locator("button[name=action_calibrate]")).to_be_visible()
            self.picture(page, "evaluation-done")
        self.env.invalidate_all()
        evaluation = self.env["callcenter.evaluation"].search(
            [("call_id", "=", self.call.id)]
        )
        self.assertEqual((evaluation.state, evaluation.score), ("done", 40))
        return evaluation

    def _mark(self, page, row, answer):
        cell = page.locator(".o_data_row").nth(row).locator("td[name=answer]")
        cell.click()
        cell.locator("input, select").first.click()
        place = {"Да": 0, "Нет": 2}[answer]
        page.locator(".o_select_menu_item").nth(place).click()

    def _operator_replies_and_appeals_on_a_phone(self, evaluation):
        with self.window("journey_caller", PHONE) as page:
            self.open_action(page, "callcenter_ops.evaluation_action_own")
            page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.click()
            page.wait_for_selector(".o_form_view")
            self.picture(page, "evaluation-own-390")
            self._say(page, "action_ask_reply", "Клиент торопился.")
            self._say(page, "action_ask_appeal", "Клиент не дал договорить.")
        evaluation.invalidate_recordset()
        self.assertEqual(evaluation.state, "appealed")
        self.assertEqual(evaluation.reply, "Клиент торопился.")

    def _say(self, page, button, words):
        page.locator(f"button[name={button}]:visible").first.click()
        page.fill(".modal textarea", words)
        page.click(".modal button[name=action_apply]")
        expect(page.locator(".modal")).to_have_count(0)

    def _director_decides(self, evaluation):
        with self.window("journey_director") as page:
            self.open_record(page, evaluation)
            self._say(page, "action_ask_confirm", "Запись прослушана, оценка верна.")
            expect(page.locator("button[name=action_ask_confirm]")).to_have_count(0)
        evaluation.invalidate_recordset()
        self.assertEqual(evaluation.state, "confirmed")

    def _operator_hands_the_day_in(self):
        with self.window("journey_caller") as page:
            self.open_record(page, self.sheet)
            self.picture(page, "sheet")
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_submit]")).to_have_count(0)
            self.open_action(page, "callcenter_ops.operator_timeline_action")
            self.assert_accessible(page, ".o_cc_timeline")
            self.picture(page, "timeline-own")
        self.sheet.invalidate_recordset()
        self.assertEqual(self.sheet.state, "submitted")

    def _deputy_checks_the_teams_day(self):
        supervisor = self.people["supervisor"].employee_id
        with self.window("journey_deputy") as page:
            self._open_window(page, "callcenter_ops.report_sheet_team_day_action")
            expect(page.locator("td[name=attempt_count]")).to_have_text("4")
            self.picture(page, "team-day")
            page.click("button[name=action_check]")
            expect(page.locator(".modal")).to_have_count(0)
        self.sheet.invalidate_recordset()
        self.assertEqual(self.sheet.state, "checked")
        self.assertEqual(self.sheet.acting_for_id, supervisor)

    def _open_window(self, page, xmlid):
        """An action that opens over the page."""
        with self.database():
            action_id = self.env.ref(xmlid).id
        page.goto(f"/odoo/action-{action_id}")
        page.wait_for_selector(".modal")

    def _supervisor_opens_what_stands_behind_figures(self):
        behind = {
            "[data-figure=attempts]": ("overview", 4),
            "[data-figure=contact_rate]": ("overview", 3),
            "[data-step=sales]": ("overview", 1),
            ".o_cc_operators tbody tr": ("overview", 4),
            ".o_cc_region[data-code=SVE]": ("territory", 4),
            ".o_cc_heat_cell button": ("territory", 4),
            ".o_cc_sales_work tbody tr": ("territory", 4),
            ".o_cc_channels tbody tr": ("results", 4),
            ".o_cc_people td.text-end": ("service", 4),
            "[data-service=calls_abandoned]": ("service", 1),
        }
        with self.window("journey_supervisor") as page:
            for figure, (tab, count) in behind.items():
                self.open_action(page, "callcenter_ops.dashboard_action")
                page.click(f"[data-tab={tab}]")
                page.locator(figure).first.click()
                expect(page.locator(".o_list_view .o_data_row")).to_have_count(count)
            self.open_action(page, "callcenter_ops.dashboard_action")
            page.click("[data-tab=territory]")
            page.locator(".o_cc_unfold").first.click()
            expect(page.locator(".o_cc_of_district")).to_have_count(1)
            page.locator(".o_cc_of_district .o_cc_own_leads").click()
            expect(page.locator(".o_list_view .o_data_row")).to_have_count(1)
            page.set_viewport_size(BOARD)
            self.open_action(page, "callcenter_ops.wallboard_action")
            self._stands_at_five_metres(page)
            self.assert_accessible(page, ".o_cc_wallboard")
            self.picture(page, "wallboard")

    def _stands_at_five_metres(self, page):
        """Everything on one screen, in letters that are read from afar."""
        board = page.locator(".o_cc_wallboard")
        expect(board).to_be_visible()
        room = board.evaluate("(one) => one.clientHeight - one.scrollHeight")
        self.assertEqual(room, 0, "nothing is scrolled to")
        lowest = page.locator(".o_cc_wallboard footer").bounding_box()
        self.assertGreater(lowest["y"] + lowest["height"], 0.95 * BOARD["height"])
        for selector, pixels in ((".o_cc_big > b", 64), (".o_cc_face_name", 28)):
            size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
            shown = page.locator(selector).first.evaluate(size)
            self.assertGreaterEqual(shown, pixels, selector)

    def _director_reads_the_dashboard_and_takes_it_away(self):
        with self.window("journey_director") as page:
            self.open_action(page, "callcenter_ops.dashboard_action")
            expect(page.locator("[data-figure=attempts] b")).to_have_text("4")
            for tab in ("territory", "results", "costs", "service", "overview"):
                page.click(f"[data-tab={tab}]")
                self.assert_accessible(page, ".o_cc_dashboard")
                self.picture(page, f"dashboard-{tab}")
            page.click("[data-tab=service]")
            expect(page.locator("[data-service=service_level] b")).to_have_text(
                "50,0 %"
            )
            page.click("[data-tab=overview]")
            with page.expect_download() as download:
                page.click(".o_cc_xlsx")
            self.assertTrue(download.value.suggested_filename.endswith(".xlsx"))
            page.locator("[data-figure=sales]").click()
            expect(page.locator(".o_list_view .o_data_row")).to_have_count(1)
        with self.window("journey_director", PHONE) as page:
            self.open_action(page, "callcenter_ops.dashboard_action")
            expect(page.locator("[data-figure=attempts] b")).to_have_text("4")
            self.assert_accessible(page, ".o_cc_dashboard")
            self.picture(page, "dashboard-390")
            page.click("[data-tab=territory]")
            self.picture(page, "dashboard-territory-390")
