import tempfile

from odoo.tests import BaseCase

from ...models.clients.client_import import ClientImport
from ...tools.imports.cell_values import guess_decimal_mark, parse_amount, settle_amount
from ...tools.imports.column_guess import find_header
from ...tools.imports.number_text import NumberText
from ...tools.imports.table_error import TableError
from ...tools.imports.table_format import detect_format
from ...tools.imports.table_reader import open_table
from .table_files import (
    make_backslashes,
    make_locked,
    make_ods,
    make_strict,
    make_xls,
    make_xlsx,
    open_case,
    rewrite,
)

HEAD = ["Клиент", "Телефон", "Город", "Комментарий"]
ROW = ["Регистр имени части", "+79730010101", "Пермь"]
PLAIN = [["Клиент", "Телефон"], ["ООО «Ёлка»", "+79730000001"]]
PLAIN_ROWS = [(1, PLAIN[0]), (2, PLAIN[1])]
TEXT = "Клиент;Телефон\r\nООО «Ёлка»;+79730000001\r\n"

# Name of a case, its bytes, the rows as ``(line, cells)``, the row of the header.
CASES = [
    (
        "borders right of the table",
        open_case("borders_right_of_the_table"),
        [
            (1, HEAD),
            *[
                (n + 1, [f"Рамка {n}", f"+7973001000{n}", "Пермь", "x"])
                for n in (1, 2, 3)
            ],
        ],
        (0, 1),
    ),
    (
        "one styled empty row at the bottom",
        open_case("styled_empty_row"),
        [(1, HEAD), (2, ["Широкий низ", "+79730010011", "Пермь"])],
        (0, 1),
    ),
    (
        "the first sheet is empty",
        open_case("first_sheet_empty"),
        [(1, HEAD), (2, ["Второй лист", "+79730010021", "Пермь"])],
        (0, 1),
    ),
    (
        "formulas that have failed",
        open_case("failed_formulas"),
        [
            (1, HEAD),
            (2, ["Формула кэш", "+79730010041", "#N/A", "Позвонить Формула кэш"]),
            (3, ["#REF!", "+79730010042"]),
            (4, ["Ошибка в телефоне", "#DIV/0!"]),
            (5, ["Формула без кэша", "+79730010044"]),
        ],
        (0, 1),
    ),
    (
        "merged cells: a title across, a company down",
        open_case("merged_cells"),
        [
            (1, ["Клиентская база отдела продаж"]),
            (2, ["Компания", "Контактное лицо", "Телефон", "Город"]),
            (3, ["ООО «Объединённая»", "Первый Пётр", "+79730010061", "Пермь"]),
            (4, ["ООО «Объединённая»", "Второй Влас", "+79730010062", "Пермь"]),
        ],
        (1, 1),
    ),
    (
        "a title above the header",
        open_case("title_above_header"),
        [
            (1, ["Список клиентов"]),
            (3, HEAD),
            (4, ["Под заголовком", "+79730010071", "Пермь"]),
        ],
        (1, 1),
    ),
    (
        "escaped ends of lines",
        open_case("escaped_line_ends"),
        [
            (1, HEAD),
            (
                2,
                [
                    "ООО «Возврат каретки»\r\nфилиал",
                    "+79730010081",
                    "Пермь",
                    "строка 1\r\nстрока 2",
                ],
            ),
        ],
        (0, 1),
    ),
    *[
        (name, open_case(name), [(1, HEAD), (2, ROW)], (0, 1))
        for name in (
            "shared_strings_in_capitals",
            "cells_without_references",
            "wrong_dimension",
        )
    ],
    ("Strict Open XML", make_strict(make_xlsx(PLAIN)), PLAIN_ROWS, (0, 1)),
    ("names with backslashes", make_backslashes(make_xlsx(PLAIN)), PLAIN_ROWS, (0, 1)),
    ("Excel 97", make_xls(PLAIN), PLAIN_ROWS, (0, 1)),
    ("OpenDocument", make_ods(PLAIN), PLAIN_ROWS, (0, 1)),
    (
        "a number is written as people read it",
        make_xlsx([["Клиент", "Телефон", "Цена"], ["Ян", 79730000001.0, 1.299]]),
        [(1, ["Клиент", "Телефон", "Цена"]), (2, ["Ян", "79730000001", "1.299"])],
        (0, 1),
    ),
    (
        "a failed formula of Excel 97",
        make_xls([PLAIN[0], ["Ян"]], [(1, 1, "#REF!")]),
        [PLAIN_ROWS[0], (2, ["Ян", "#REF!"])],
        (0, 1),
    ),
    (
        "a table that begins in the third column of the fourth row",
        make_xlsx([[], [], [], [None, None, *PLAIN[0]], [None, None, *PLAIN[1]]]),
        [(4, ["", "", *PLAIN[0]]), (5, ["", "", *PLAIN[1]])],
        (0, 1),
    ),
    (
        "a hidden first sheet",
        make_xlsx([["Скрытый", "x"]], PLAIN, hidden=(1,)),
        PLAIN_ROWS,
        (0, 1),
    ),
    *[
        (encoding, TEXT.encode(encoding, "replace"), PLAIN_ROWS, (0, 1))
        for encoding in ("utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le")
    ],
    *[
        (
            encoding,
            "Клиент;Телефон\nИванов Пётр;1\n".encode(encoding),
            [(1, PLAIN[0]), (2, ["Иванов Пётр", "1"])],
            (0, 1),
        )
        for encoding in ("koi8-r", "cp866", "mac-cyrillic")
    ],
    (
        "the delimiter is named in the first line",
        b"sep=|\r\n" + TEXT.replace(";", "|").encode(),
        [(2, PLAIN[0]), (3, PLAIN[1])],
        (0, 1),
    ),
    (
        "more and fewer empty cells at the ends of lines",
        "Клиент;Телефон;Город\nЯн;1;;;;\nПётр;2\nИван;3;\n".encode(),
        [
            (1, ["Клиент", "Телефон", "Город"]),
            (2, ["Ян", "1"]),
            (3, ["Пётр", "2"]),
            (4, ["Иван", "3"]),
        ],
        (0, 1),
    ),
    (
        "one zero byte",
        "Клиент;Телефон\nЯн\x00;1\nПётр;2\n".encode("cp1251"),
        [(1, PLAIN[0]), (2, ["Ян\ufffd", "1"]), (3, ["Пётр", "2"])],
        (0, 1),
    ),
    (
        "numbers that a program took for broken ones",
        "Клиент;Телефон\nЯн;79730000001.0\n".encode(),
        [(1, PLAIN[0]), (2, ["Ян", "79730000001"])],
        (0, 1),
    ),
    (
        "a header of two lines",
        "Клиент;Контакты;;Адрес\n;Телефон;E-mail;\nЯн;79730000001;;Пермь\n".encode(),
        [
            (1, ["Клиент", "Контакты", "", "Адрес"]),
            (2, ["", "Телефон", "E-mail"]),
            (3, ["Ян", "79730000001", "", "Пермь"]),
        ],
        (0, 2),
    ),
]
REFUSED = [
    ("empty", b" \r\n"),
    ("locked", make_locked()),
    ("damaged_archive", b"PK\x03\x04" + b"junk" * 50),
    ("damaged_archive", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    ("not_a_table", b"\x7fELF\x02\x01\x00\xff\xfe\x00\x00\x00\x01" * 9),
    ("not_a_table", rewrite(make_xlsx(PLAIN), rename=lambda name: f"a/{name}")),
    (
        "damaged_archive",
        rewrite(
            make_xlsx(PLAIN),
            change=lambda name, part: (
                b'<!DOCTYPE x [<!ENTITY a "b">]>' + part if "sheet1" in name else part
            ),
        ),
    ),
    ("too_many_columns", (";".join(["x"] * 300) + "\n").encode()),
]


def read(content, sheet=""):
    """``([(line, cells)], the open table)``."""
    with tempfile.NamedTemporaryFile() as stream:
        stream.write(content)
        stream.flush()
        table_format = detect_format(stream.name)
        with open_table(stream.name, table_format, sheet) as table:
            return [(row.line, list(row.cells)) for row in table.iter_rows()], table


class TestTableFiles(BaseCase):
    def test_files_as_people_have_them_are_read(self):
        for name, content, wanted, header in CASES:
            with self.subTest(name):
                rows, _table = read(content)
                self.assertEqual(rows, wanted)
                found = find_header(
                    [cells for _line, cells in rows], ClientImport.header_words
                )
                self.assertEqual((found.start, found.height), header)

    def test_what_cannot_be_read_says_why(self):
        for code, content in REFUSED:
            with self.subTest(code), self.assertRaises(TableError) as caught:
                read(content)
            self.assertEqual(caught.exception.code, code)

    def test_marks_that_were_not_doubled_cost_no_line_of_the_file(self):
        for line, wanted in (
            ('1;ООО "Вершина" Сервис;x', ["1", 'ООО "Вершина" Сервис', "x"]),
            ('"ООО "Вершина"";1', ['ООО "Вершина"', "1"]),
            ('"ООО "Вершина";1', ['ООО "Вершина', "1"]),
            ('1;"Вершина" Сервис;"Б"', ["1", '"Вершина" Сервис', "Б"]),
            ('"ООО "А"";"b;c";"d ""e"" f"', ['ООО "А"', "b;c", 'd "e" f']),
            ('"ООО "А"";"";x', ['ООО "А"', "", "x"]),
        ):
            content = f'Код;Имя;Ещё\n{line}\n"a\nb";1;2\nЯн;1;2\n'.encode()
            with self.subTest(line):
                self.assertEqual(
                    read(content)[0][1:],
                    [(2, wanted), (3, ["a\nb", "1", "2"]), (5, ["Ян", "1", "2"])],
                )

    def test_a_mark_that_is_never_closed_is_a_fault_of_its_line(self):
        tail = "Пётр;2\n" * 20_000
        for content in (
            'Клиент;Телефон\n"Ян;1\n' + tail,
            'Клиент;Телефон\n"Ян;1\nПётр;2\n',
            'Клиент;Телефон\n"Ян;1\n"Пётр";2\n',
        ):
            with tempfile.NamedTemporaryFile() as stream:
                stream.write(content.encode())
                stream.flush()
                table_format = detect_format(stream.name)
                with open_table(stream.name, table_format) as table:
                    rows = list(table.iter_rows())
            self.assertEqual(len(rows), content.count("\n"))
            faults = {row.line: row.fault for row in rows if row.fault}
            self.assertEqual(faults, {2: "broken_quotes"})
            self.assertEqual(rows[2].cells, ("Пётр", "2"))

    def test_every_sheet_can_be_named_and_the_hidden_ones_are_told(self):
        content = make_xlsx([["a", "b"]], [["c"]], [["d"]], hidden=(1,))
        rows, table = read(content)
        self.assertEqual(rows, [(1, ["c"])])
        self.assertEqual((table.sheet, table.row_count), ("Лист2", 1))
        self.assertEqual(table.sheets, ["Лист1", "Лист2", "Лист3"])
        self.assertEqual(table.hidden, ["Лист1"])
        self.assertEqual(read(content, "Лист3")[0], [(1, ["d"])])
        with self.assertRaises(TableError) as caught:
            read(content, "Лист9")
        self.assertEqual(caught.exception.values, {"name": "Лист9"})

    def test_what_reading_a_workbook_took_is_known_at_its_end(self):
        _rows, table = read(make_xlsx(PLAIN))
        self.assertGreater(table.peak, 1000)
        self.assertLess(table.peak, 60_000)

    def test_a_sheet_that_would_fill_the_memory_ends_its_process_alone(self):
        book = make_xlsx([["Клиент"]])
        corners = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        bomb = rewrite(
            book, change=lambda _name, part: part.replace(b"</sheetData>", corners)
        )
        with self.assertRaises(TableError) as caught:
            read(bomb)
        self.assertEqual(caught.exception.code, "too_large")

    def test_a_header_of_two_lines_gives_one_name_a_column(self):
        header = find_header(
            [["Клиент", "Контакты", "", "Адрес"], ["", "Телефон", "E-mail", ""]],
            ClientImport.header_words,
        )
        names = ("Клиент", "Контакты / Телефон", "Контакты / E-mail", "Адрес")
        self.assertEqual(header.names, names)


class TestDecimalMark(BaseCase):
    def test_the_mark_is_told_by_amounts_that_read_one_way(self):
        for texts, mark in (
            (["1 299,90", "5"], ","),
            (["1299.90"], "."),
            (["1,299.90", "1,299"], "."),
            (["1.299,90 ₽"], ","),
            (["1,299", "1299"], ""),
            ([NumberText("12.5")], ""),
            ([], ""),
        ):
            with self.subTest(texts=texts):
                self.assertEqual(guess_decimal_mark(texts), mark)

    def test_an_amount_that_reads_two_ways_follows_its_file(self):
        for text, mark, wanted in (
            ("1,299", "", "1299"),
            ("1,299", ".", "1299"),
            ("1,299", ",", "1.299"),
            ("1.299", ",", "1299"),
            ("1.299", ".", "1.299"),
            (NumberText("1.299"), ",", "1.299"),
            ("12,5", ".", "12.5"),
            ("0,125", "", "0.125"),
            ("1,234,567", "", "1234567"),
        ):
            with self.subTest(text=text, mark=mark):
                amount = parse_amount(settle_amount(text, mark))
                self.assertEqual(str(float(amount)), str(float(wanted)))
