import io
import zipfile

from odoo.exceptions import UserError

from .common import CLIENT_HEADER, ImportCase, write_xlsx

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
        content = f'{CLIENT_HEADER}\nПётр;83430000001;;;;\n"Иван;83430000002;;;;\n'
        with self.assertRaisesRegex(UserError, "line 3"):
            self.read(content)

    def test_what_is_no_table_is_refused_with_words(self):
        self.refuse(b"  \n", "empty")
        self.refuse(b"\xd0\xcf\x11\xe0" + b"\0" * 600, r"old Excel format")
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

    def test_two_columns_for_one_field_are_refused(self):
        record = self.read(TEXT)
        record.column_ids[5].target = "name"
        with self.assertRaisesRegex(UserError, "both “Name”"):
            record.action_start()
        self.assertEqual(record.state, "mapped")
