import io
from datetime import date, datetime

import pypdf
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from openpyxl import load_workbook

from ..figures.common import SupervisionCase


@tagged("post_install", "-at_install")
class TestReportSheetPeriod(SupervisionCase, HttpCase):
    """Two days of one operator and one of another, all in one week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_call("order", expected_revenue=1500)
        cls.build_call("no_answer", started_at=datetime(2026, 3, 3, 6))
        cls.build_call("informed", employee=cls.colleague)

    def build(self, role="supervisor", **vals):
        periods = self.as_(role, self.env["callcenter.report.sheet.period"])
        return periods.create({"date": "2026-03-04", **vals})

    def test_a_week_runs_from_monday_to_sunday(self):
        week = self.build()
        self.assertEqual(
            (week.date_from, week.date_to), (date(2026, 3, 2), date(2026, 3, 8))
        )
        week.kind = "month"
        self.assertEqual(
            (week.date_from, week.date_to), (date(2026, 3, 1), date(2026, 3, 31))
        )

    def test_a_line_is_a_day_and_the_total_counts_a_client_once(self):
        week = self.build(employee_id=self.operator.id)
        lines = week._get_paper().get_lines()
        self.assertEqual([line[2:4] for line in lines], [["1", "1"]] * 2 + [["2", "1"]])
        self.assertEqual(lines[-1][0], "Total")
        self.assertEqual(lines[-1][5], "50 %")

    def test_the_teams_paper_has_a_line_an_operator(self):
        lines = self.build()._get_paper().get_lines()
        self.assertEqual(
            [line[0] for line in lines], ["Operator One", "Operator Two", "Total"]
        )
        self.assertEqual(lines[-1][2], "3")

    def test_an_operator_prints_his_own_weeks_only(self):
        week = self.build(role="operator")
        self.assertEqual(week.employee_id.id, self.operator.id)
        self.assertEqual(week._get_sheets().employee_id.ids, self.operator.ids)
        others = self.build(role="operator", employee_id=self.colleague.id)
        with self.assertRaisesRegex(UserError, "no report sheet"):
            others.action_print()

    def test_a_bad_period_is_refused_with_words(self):
        vals = {"kind": "other", "date_from": "2026-03-08", "date_to": "2026-03-01"}
        with self.assertRaisesRegex(UserError, "ends before"):
            self.build(**vals).action_print()
        vals["date_from"] = "2020-03-01"
        with self.assertRaisesRegex(UserError, "a year at most"):
            self.build(**vals).action_print()

    def test_others_print_nothing(self):
        for role in ("hr", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.build(role=role)

    def test_the_workbook_is_for_whoever_asked_for_it(self):
        week = self.build(employee_id=self.operator.id)
        self.env.flush_all()
        path = f"/callcenter_ops/report_sheet_period/{week.id}/xlsx"
        self.authenticate("cc_supervisor", "cc_supervisor")
        answer = self.url_open(path)
        rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
        self.assertIn("Report sheet of a week", rows[0])
        self.assertIn("Total", [row[0] for row in rows])
        self.authenticate("cc_outsider", "cc_outsider")
        self.assertNotEqual(self.url_open(path).status_code, 200)

    def test_the_paper_carries_its_lines_and_signatures(self):
        week = self.build(employee_id=self.operator.id)
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = report.with_user(self.users["supervisor"])._render_qweb_pdf(
            "callcenter_ops.report_sheet_period_action_report", week.ids
        )
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        for expected in ("Report sheet of a week", "Operator One", "Checked by"):
            self.assertIn(expected, text)


@tagged("post_install", "-at_install")
class TestReportSheetTeamDay(SupervisionCase):
    def build(self):
        days = self.as_("supervisor", self.env["callcenter.report.sheet.team.day"])
        return days.create({"date": "2026-03-02"})

    def test_a_teams_day_is_checked_at_once(self):
        submitted = self.build_call().sheet_id
        self.as_("operator", submitted).action_submit()
        draft = self.build_call(employee=self.colleague).sheet_id
        day = self.build()
        self.assertEqual((day.ready_count, day.open_count), (1, 1))
        day.action_check()
        self.assertEqual((submitted.state, draft.state), ("checked", "draft"))

    def test_the_open_window_shows_the_totals_of_its_sheets(self):
        self.build_call()
        days = self.as_("supervisor", self.env["callcenter.report.sheet.team.day"])
        self.assertEqual(days.new({"date": "2026-03-02"}).sheet_ids.attempt_count, 1)

    def test_nothing_handed_in_is_said_in_words(self):
        self.build_call()
        with self.assertRaisesRegex(UserError, "waits to be checked"):
            self.build().action_check()

    def test_only_a_supervisor_checks_a_day(self):
        for role in ("operator", "director", "hr"):
            with self.assertRaises(AccessError):
                self.as_(role, self.env["callcenter.report.sheet.team.day"]).create({})
