import io

import pypdf
from odoo.tests import HttpCase, tagged
from openpyxl import load_workbook

from ..figures.common import SupervisionCase


@tagged("post_install", "-at_install")
class TestReportSheetPaper(SupervisionCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.call = self.build_call(
            "order",
            expected_revenue=1500,
            timezone="Asia/Yekaterinburg",
            note="=1+1 twenty pairs",
        )
        self.sheet = self.call.sheet_id
        self.sheet.plan_attempts = 4

    def read_workbook(self):
        book = load_workbook(io.BytesIO(self.sheet._get_xlsx()))
        return [
            [cell for cell in row if cell is not None]
            for row in book.active.iter_rows(values_only=True)
        ]

    def test_the_workbook_holds_calls_and_totals(self):
        rows = self.read_workbook()
        line = next(row for row in rows if row and row[0] == 1)
        self.assertEqual(line[1:4], ["11:00", "Исходящий", "Severny Veter"])
        self.assertIn("Свердловская область, 11:00", line)
        self.assertIn(["Конверсия", "100 %"], rows)
        self.assertIn(["Выполнение плана", "25 %"], rows)

    def test_a_note_never_becomes_a_formula(self):
        book = load_workbook(io.BytesIO(self.sheet._get_xlsx()))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        note = next(cell for cell in cells if cell.value == "=1+1 twenty pairs")
        self.assertEqual(note.data_type, "s")

    def test_an_empty_quotient_prints_a_dash(self):
        self.sheet.plan_attempts = 0
        self.assertIn(["Выполнение плана", "—"], self.read_workbook())

    def test_the_operator_downloads_his_own_workbook_only(self):
        url = f"/callcenter_ops/report_sheet/{self.sheet.id}/xlsx"
        self.authenticate("cc_operator", "cc_operator")
        self.assertEqual(self.url_open(url).status_code, 200)
        self.authenticate(self.colleague.user_id.login, self.colleague.user_id.login)
        self.assertEqual(self.url_open(url).status_code, 403)

    def render(self, sheets):
        report = self.env.ref("callcenter_ops.report_sheet_action_report")
        with self.allow_pdf_render():
            content, _kind = (
                report.with_user(self.users["supervisor"])
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf(report.report_name, sheets.ids)
            )
        return pypdf.PdfReader(io.BytesIO(content)).pages

    def test_several_sheets_print_one_after_the_other(self):
        other = self.build_call(employee=self.colleague).sheet_id
        texts = [page.extract_text() for page in self.render(self.sheet | other)]
        self.assertEqual(len(texts), 2)
        self.assertIn("One", texts[0])
        self.assertIn("Two", texts[1])

    def test_the_paper_holds_the_customary_columns_and_signatures(self):
        report = self.env.ref("callcenter_ops.report_sheet_action_report")
        with self.allow_pdf_render():
            content, _kind = (
                report.with_user(self.users["operator"])
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf(report.report_name, self.sheet.ids)
            )
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        text = " ".join(" ".join(page.extract_text().split()) for page in pages)
        for words in ("Severny Veter", "Заказ оформлен", "Контактное лицо", "Проверил"):
            self.assertIn(words, text)
