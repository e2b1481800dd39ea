import io
import zipfile

from odoo.exceptions import UserError

from ...controllers.imports.data_import import DataImportController
from .common import CLIENT_HEADER, ImportCase, write_xlsx
from .table_files import make_locked, make_xlsx, open_case

LINE = "ООО «Ёлка»;83430123456;;;Свердловская область;Ревда"
TEXT = f"{CLIENT_HEADER}\r\n{LINE}\r\n"


class TestFiles(ImportCase):
    def refuse(self, content, pattern, **vals):
        record = self.build_import(content, **vals)
        with self.assertRaisesRegex(UserError, pattern):
            record.action_read_file()
        self.assertEqual(record.state, "draft")
        self.assertFalse(record.column_ids)

    def test_every_encoding_of_a_spreadsheet_is_found_out(self):
        for encoding in ("utf-8", "utf-8-sig", "cp1251", "utf-16"):
            with self.subTest(encoding=encoding):
                record = self.read(TEXT.encode(encoding))
                self.assertEqual(record.found_encoding, encoding)
                self.assertEqual(record.column_ids[0].header, "Наименование")
                self.assertEqual(record.column_ids[0].sample, "ООО «Ёлка»")

    def test_every_delimiter_is_found_out(self):
        for delimiter in (";", ",", "\t", "|"):
            with self.subTest(delimiter=delimiter):
                record = self.read(TEXT.replace(";", delimiter))
                self.assertEqual(record.found_delimiter, delimiter)
                self.assertEqual(len(record.column_ids), 6)

    def test_a_workbook_is_read_like_a_csv(self):
        rows = [line.split(";") for line in TEXT.split("\r\n") if line]
        rows[1][1] = 83430123456
        record = self.load(write_xlsx(rows), filename="base.xlsx")
        self.assertEqual(record.state, "done")
        client = self.find_client("ООО «Ёлка»")
        self.assertEqual(client.phone_sanitized, "+73430123456")

    def test_the_mapping_is_guessed_and_shown_with_the_first_rows(self):
        record = self.read(TEXT)
        self.assertEqual(
            record.column_ids.mapped("target"),
            ["name", "phone", "email", "vat", "region", "city"],
        )
        self.assertEqual(record.row_count, 1)
        self.assertIn("<td>ООО «Ёлка»</td>", record.preview_html)

    def test_cells_with_code_are_shown_as_text(self):
        record = self.read(f"{CLIENT_HEADER}\n<script>x</script>;8;;;;")
        self.assertIn("&lt;script&gt;", record.preview_html)
        self.assertNotIn("<script>", record.preview_html)

    def test_a_file_without_a_header_keeps_its_first_line(self):
        record = self.read("Пётр;83430000001\nИван;83430000002\n")
        self.assertFalse(record.has_header)
        self.assertEqual(record.column_ids.mapped("header"), ["Column 1", "Column 2"])
        record.column_ids[0].target = "name"
        record.column_ids[1].target = "phone"
        record.action_start()
        self.run_imports()
        self.assertEqual(self.outcomes(record), [(1, "created"), (2, "created")])

    def test_a_damaged_line_of_utf8_is_reported_alone(self):
        good = "".join(f"Клиент номер {n};8343000{n:04};;;;\n" for n in range(40))
        content = f"{CLIENT_HEADER}\n{good}".encode() + "Ёж;83430009999;;;;".encode(
            "cp1251"
        )
        record = self.load(content)
        self.assertEqual((record.created_count, record.error_count), (40, 1))
        self.assertIn("wrong encoding", self.fault(record, 42))

    def test_line_numbers_count_lines_of_the_file(self):
        record = self.load_clients('"Две\nстроки";83430000001;;;;', "", "Плох;1;;;;")
        self.assertEqual(self.outcomes(record), [(2, "created"), (5, "error")])
        self.assertTrue(self.find_client("Две строки"))

    def test_a_quotation_mark_never_closed_is_named_by_its_line(self):
        lines = "Пётр;83430000001;;;;", '"Иван;83430000002;;;;', "Ян;83430000003;;;;"
        record = self.load_clients(*lines)
        fates = [(2, "created"), (3, "error"), (4, "created")]
        self.assertEqual(self.outcomes(record), fates)
        self.assertIn('never closed: “"Иван”', self.fault(record, 3))

    def test_what_is_no_table_is_refused_with_words(self):
        self.refuse(b"  \n", "empty")
        self.refuse(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "damaged")
        self.refuse(make_locked(), "locked by a password")
        self.refuse(b"\x7fELF\x02\x01\x00\xff\xfe\x00\x00\x00\x01" * 9, "no table")
        self.refuse(b"PK\x03\x04" + b"junk" * 50, "damaged")

    def test_an_archive_bomb_is_refused_unopened(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
        self.refuse(stream.getvalue(), "unpacks to far more")

    def test_entities_in_a_workbook_are_refused(self):
        stream = io.BytesIO()
        source = zipfile.ZipFile(io.BytesIO(write_xlsx([["Имя", "Телефон"]])))
        with zipfile.ZipFile(stream, "w") as archive:
            for name in source.namelist():
                text = source.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
                archive.writestr(name, text)
        self.refuse(stream.getvalue(), "damaged")

    def test_too_many_columns_are_refused(self):
        self.refuse(";".join(f"Имя {n}" for n in range(300)) + "\nx\n", "200 columns")

    def test_another_choice_of_format_reads_the_file_anew(self):
        record = self.read(TEXT.encode("cp1251"))
        record.encoding = "utf-8"
        self.assertEqual(record.state, "draft")
        self.assertFalse(record.column_ids)
        record.encoding = "cp1251"
        record.action_read_file()
        self.assertEqual(record.column_ids[0].header, "Наименование")

    def test_what_was_found_is_shown_and_can_be_stated(self):
        record = self.read(open_case("title_above_header"), filename="base.xlsx")
        self.assertEqual((record.found_kind, record.found_sheet), ("xlsx", "Sheet1"))
        self.assertEqual((record.found_header_line, record.row_count), (3, 1))
        self.assertGreater(record.read_peak, 1)
        record.header_line = 4
        self.assertEqual(record.state, "draft")
        record.action_read_file()
        self.assertEqual(record.column_ids[0].header, "Под заголовком")
        self.assertEqual(record.row_count, 0)
        record.header_line = 99
        with self.assertRaisesRegex(UserError, "no line 99"):
            record.action_read_file()

    def test_another_sheet_is_read_when_it_is_named(self):
        rows = [["Клиент", "Телефон"], ["Ян", "83430000001"]]
        book = make_xlsx([["Скрытый", "x"]], rows, rows[:1], hidden=(1,))
        record = self.read(book, filename="base.xlsx")
        self.assertEqual((record.found_sheet, record.row_count), ("Лист2", 1))
        self.assertEqual(record.sheet_names, ["Лист1", "Лист2", "Лист3"])
        self.assertEqual(record.hidden_sheets, "Лист1")
        record.sheet_name = "Лист3"
        record.action_read_file()
        self.assertEqual((record.found_sheet, record.row_count), ("Лист3", 0))

    def test_a_failed_formula_is_named_and_never_becomes_a_value(self):
        record = self.load(open_case("failed_formulas"), filename="base.xlsx")
        self.assertEqual(
            self.outcomes(record),
            [(2, "created"), (3, "error"), (4, "error"), (5, "created")],
        )
        self.assertIn("“Город” has failed (#N/A)", self.fault(record, 2))
        self.assertIn("“Клиент” has failed (#REF!)", self.fault(record, 3))
        self.assertFalse(self.find_client("Формула кэш").city)

    def test_a_code_that_a_spreadsheet_has_rounded_is_refused(self):
        record = self.load_products(
            "4,6E+12;Мяч;;10;", "12345.0;Сетка;;10;", kind="products"
        )
        self.assertIn("has rounded the code", self.fault(record, 2))
        goods = self.env["product.template"].search([("name", "=", "Сетка")])
        self.assertEqual(goods.default_code, "12345")

    def test_prices_follow_the_decimal_mark_of_their_file(self):
        for number, (price, others, wanted) in enumerate(
            (("1,299", "5,50", 1.3), ("1,299", "5.50", 1299), ("1,299", "5", 1299))
        ):
            name = f"Мяч {number}"
            self.load_products(f"A{number};{name};;{price};", f"B{number};x;;{others};")
            goods = self.env["product.template"].search([("name", "=", name)])
            self.assertAlmostEqual(goods.list_price, wanted, 1)

    def test_the_report_of_bad_lines_can_be_loaded_again(self):
        record = self.load_clients("Лишняя;1;;;;;;x", "Плохая;2;;;;")
        report = DataImportController()._write_report(record)
        again = self.read(report)
        self.assertEqual(len(again.column_ids), 10)
        self.assertEqual(again.column_ids[2].target, "name")
        again.action_start()
        self.run_imports()
        self.assertEqual(self.outcomes(again), [(2, "error"), (3, "error")])
        self.assertIn("No such telephone number", self.fault(again, 2))

    def test_two_columns_for_one_field_are_refused(self):
        record = self.read(TEXT)
        record.column_ids[5].target = "vat"
        with self.assertRaisesRegex(UserError, "both “Tax number”"):
            record.action_start()
        self.assertEqual(record.state, "mapped")
