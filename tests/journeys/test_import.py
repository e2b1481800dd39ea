"""A file as it came from another program, to the campaign that calls its clients."""

import io

from odoo.tests import tagged
from olsport import OlsportCase
from openpyxl import Workbook
from playwright.sync_api import expect

WIDE = {"width": 1366, "height": 900}
ROWS = (
    ("Список клиентов на 01.03.2026",),
    (),
    ("Код клиента", "Фамилия", "Имя", "Отчество", "Телефон", "Город"),
    ("К-1", "Ковалёв", "Пётр", "Ильич", 83430001051, "Екатеринбург"),
    ("К-2", "Зимина", "Алла", "Петровна", "8 (343) 000-10-52", "Ревда"),
    ("К-3", "Ковалёва", "Анна", "", "8 (343) 000-10-51", "Екатеринбург"),
    ("К-4", "Плохой", "Номер", "", "12", "Пермь"),
)


def make_book():
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestImport(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.build_campaign(cls.env["res.partner"])

    def test_a_file_becomes_a_campaign(self):
        with self.window("journey_supervisor", WIDE) as page:
            self._upload(page)
            self._look_at_what_will_happen(page)
            self._load(page)
            self._decide(page)
            self._choose_the_file(page)

    def _run_the_job(self, page, state):
        with self.database():
            cron = self.env.ref("callcenter_ops.ir_cron_load_imports").sudo()
            cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(self.record.state, state)
        self.open_record(page, self.record)

    def _upload(self, page):
        self.open_action(page, "callcenter_ops.data_import_action")
        page.click(".o_list_button_add")
        self.picture(page, "import_new")
        page.set_input_files(
            ".o_field_widget[name=file] input[type=file]",
            {"name": "clients.xlsx", "mimeType": "", "buffer": make_book()},
        )
        page.click("button[name=action_read_file]:visible")
        expect(page.locator("[name=column_ids] .o_data_row")).to_have_count(6)
        self.picture(page, "import_columns")
        with self.database():
            self.record = self.env["callcenter.data.import"].search([], limit=1)
            self.assertEqual(self.record.found_header_line, 3)
            self.assertEqual(
                self.record.column_ids.mapped("target"),
                ["ref", "surname", "given_name", "patronymic", "phone", "city"],
            )
        page.click(".o_notebook a[name=format]")
        expect(page.locator("[name=found_sheet]")).to_contain_text("Sheet")
        self.picture(page, "import_format")

    def _look_at_what_will_happen(self, page):
        page.click("button[name=action_preview]:visible")
        expect(page.locator("button[name=action_cancel]:visible")).to_be_visible()
        self._run_the_job(page, "checked")
        for field, count in (("created", 2), ("doubtful", 1), ("error", 1)):
            shown = page.locator(f".o_group [name={field}_count]").first
            expect(shown).to_have_text(str(count))
        # The notebook is Odoo's own.
        self.assert_accessible(page, ".o_form_sheet .o_inner_group")
        self.picture(page, "import_preview")
        self.assertEqual(self._get_names(), [])

    def _load(self, page):
        page.locator(".o_form_statusbar button[name=action_start]:visible").click()
        expect(page.locator("button[name=action_cancel]:visible")).to_be_visible()
        self._run_the_job(page, "done")
        self.assertEqual(
            self._get_names(), ["Зимина Алла Петровна", "Ковалёв Пётр Ильич"]
        )

    def _get_names(self):
        with self.database():
            clients = self.env["res.partner"].search([("ref", "=like", "К-%")])
            return sorted(clients.mapped("name"))

    def _decide(self, page):
        page.click("button[name=action_view_doubtful_rows]:visible")
        row = page.locator(".o_data_row", has_text="К-1")
        self.picture(page, "import_doubt")
        row.locator("button[name=action_decide_separate]").click()
        expect(row.locator("[name=decision]")).not_to_be_empty()
        self.open_record(page, self.record)
        page.click("button[name=action_load_decided]:visible")
        expect(page.locator("button[name=action_cancel]:visible")).to_be_visible()
        self._run_the_job(page, "done")
        self.assertEqual(len(self._get_names()), 3)

    def _choose_the_file(self, page):
        self.open_record(page, self.campaign)
        page.locator("[name=import_ids] input").fill("clients")
        offered = page.locator(
            ".o-autocomplete--dropdown-item", has_text="clients.xlsx"
        )
        expect(offered).to_be_visible()
        self.picture(page, "import_campaign")
