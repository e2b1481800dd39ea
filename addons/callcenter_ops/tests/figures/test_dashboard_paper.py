import io

import pypdf
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from openpyxl import load_workbook

from ...models.figures.dashboard_paper import DashboardPaper
from .common import SupervisionCase

_DAY = {"date_from": "2026-03-02", "date_to": "2026-03-02"}


@tagged("post_install", "-at_install")
class TestDashboardPaper(SupervisionCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.build_call("order", expected_revenue=1500)
        self.build_call("no_answer", talk_seconds=0, wrap_seconds=0)

    def paper(self, role, **asked):
        env = self.as_(role, self.env["callcenter.dashboard"]).env
        return DashboardPaper(env, **asked or _DAY)

    def read_book(self):
        return load_workbook(io.BytesIO(self.paper("supervisor").make_xlsx()))

    def test_the_workbook_has_a_page_a_panel(self):
        book = self.read_book()
        figures = {row[0]: row[1:] for row in book.worksheets[0].values if row[0]}
        self.assertEqual(figures["Contact rate"][0], "50 %")
        self.assertEqual(figures["Contact rate"][3], "contacts / attempts")
        operators = list(book.worksheets[3].values)
        self.assertEqual(operators[1][:4], ("Operator One", 2, 1, 0.5))

    def test_a_table_is_taken_away_as_csv(self):
        self.operator._in_transition().name = "=1+1"
        paper = self.paper("supervisor")
        titles = [table["title"] for table in paper.tables]
        lines = paper.make_csv(titles.index("Operators side by side")).decode(
            "utf-8-sig"
        )
        head, first = lines.splitlines()
        self.assertTrue(head.startswith("Operator;Attempts;Contacts;Contact rate"))
        self.assertTrue(first.startswith("'=1+1;2;1;0.5;"), first)
        shown = self.as_("supervisor", self.env["callcenter.dashboard"]).get_data(
            **_DAY
        )
        self.assertEqual(shown["tables"], titles)

    def test_a_period_without_a_call_makes_a_paper_too(self):
        paper = self.paper("director", date_from="2020-01-01", date_to="2020-01-02")
        self.assertTrue(load_workbook(io.BytesIO(paper.make_xlsx())).worksheets)

    def test_the_pdf_shows_the_figures_of_the_screen(self):
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        printing = dashboard.with_context(force_report_rendering=True)
        content = DashboardPaper(printing.env, **_DAY).make_pdf()
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        words = " ".join(page.extract_text() for page in pages).split()
        text = " ".join(words)
        for expected in ("Operator One", "50 %", "SVE", "contacts / attempts"):
            self.assertIn(expected, text)

    def test_a_paper_names_the_choice_and_no_more_than_the_lists_do(self):
        filters = {"employee_id": self.operator.id, "state_id": self.region.id}
        title = self.paper("supervisor", **_DAY, filters=filters).title
        self.assertIn("Operator One", title)
        self.assertIn(self.region.name, title)
        stranger = self.build_operator("Stranger")
        stranger._in_transition().department_id = False
        hidden = self.paper("supervisor", **_DAY, filters={"employee_id": stranger.id})
        self.assertNotIn("Stranger", hidden.title)

    def test_shares_and_days_are_written_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.build_call("no_answer")
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        env = dashboard.with_context(lang="ru_RU").env
        paper = DashboardPaper(env, **_DAY)
        shown = {tile["value"] for tile in paper.tiles}
        self.assertIn("33,3 %", shown)
        [days] = [one for one in paper.tables if one["columns"][0][1] == "day"]
        self.assertEqual(paper.show(days["rows"][0][0], "day"), "02.03.2026")

    def test_the_files_come_over_the_web(self):
        self.env.flush_all()
        self.authenticate("cc_supervisor", "cc_supervisor")
        for kind in ("xlsx", "pdf"):
            path = f"/callcenter_ops/dashboard/{kind}?date_from=2026-03-02"
            answer = self.url_open(f"{path}&date_to=2026-03-02&campaign_id=")
            self.assertEqual(answer.status_code, 200)
            self.assertIn(f".{kind}", answer.headers["Content-Disposition"])
        self.authenticate("cc_operator", "cc_operator")
        answer = self.url_open("/callcenter_ops/dashboard/xlsx")
        self.assertEqual(answer.status_code, 403)

    def test_others_download_nothing(self):
        for role in ("operator", "hr", "outsider"):
            with self.assertRaises(AccessError):
                self.paper(role)
