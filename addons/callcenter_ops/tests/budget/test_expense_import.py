import base64
import hashlib
import io
from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase
from openpyxl import Workbook

from ...tools.budget.expense_sheet import SheetError, read_entries, read_rows
from ...tools.imports.table_error import TableError
from ...tools.imports.table_reader import TableRow
from ..workstation.common import WorkstationCase

HEADING = ["Дата", "Статья", "Сумма", "Документ", "Поставщик"]


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(*rows):
    return [TableRow(line, tuple(cells)) for line, cells in enumerate(rows, 1) if cells]


class TestExpenseSheet(BaseCase):
    def test_amounts_and_dates_are_read_as_people_write_them(self):
        entries, errors = read_entries(
            table(
                HEADING,
                ["2026-03-02", "PC", "20 000,50 руб.", "", ""],
                ["02.03.2026", "PC", "7.1"],
                ["2026-03-02", "PC", "-1\u00a0000", "B 1", ""],
            )
        )
        self.assertEqual(errors, [])
        self.assertEqual(
            [(entry.line, entry.amount, entry.is_refund) for entry in entries],
            [
                (2, Decimal("20000.50"), False),
                (3, Decimal("7.10"), False),
                (4, Decimal("1000.00"), True),
            ],
        )
        self.assertEqual({entry.date for entry in entries}, {date(2026, 3, 2)})

    def test_equal_rows_keep_apart_and_the_same_file_gives_the_same_keys(self):
        row = ["02.03.2026", "PC", "5"]
        rows = table(HEADING, row, row)
        first, second = read_entries(rows)[0], read_entries(rows)[0]
        self.assertEqual([e.key for e in first], [e.key for e in second])
        self.assertEqual(len({e.key for e in first}), 2)

    def test_every_bad_row_is_named_by_its_line(self):
        _entries, errors = read_entries(
            table(
                HEADING,
                ["31.02.2026", "PC", "5"],
                [],
                ["02.03.2026", "", "5"],
                ["02.03.2026", "PC", "five"],
                ["02.03.2026", "PC", "0"],
                ["02.03.2026", "PC", "NaN"],
            )
        )
        self.assertEqual(
            [(line, error.code) for line, error in errors],
            [
                (2, "bad_date"),
                (4, "empty"),
                (5, "bad_amount"),
                (6, "not_positive"),
                (7, "bad_amount"),
            ],
        )

    def test_what_is_no_table_or_has_no_heading_is_refused(self):
        with self.assertRaisesRegex(TableError, "damaged_archive"):
            read_rows(b"PK\x03\x04 and the rest is lost")
        with self.assertRaisesRegex(SheetError, "no_heading: amount"):
            read_entries(table(["Дата", "Статья"]))

    def test_a_text_file_is_as_good_as_a_workbook_and_may_have_a_title(self):
        text = "Расходы за март\n\nДата;Статья;Сумма\n02.03.2026;PC;1 299,90\n"
        for content in (
            text.encode("cp1251"),
            workbook(
                ["Расходы за март"], [], HEADING[:3], [date(2026, 3, 2), "PC", 1299.9]
            ),
        ):
            (entry,), errors = read_entries(read_rows(content))
            self.assertEqual(errors, [])
            self.assertEqual(
                (entry.line, entry.date, entry.item, entry.amount),
                (4, date(2026, 3, 2), "PC", Decimal("1299.90")),
            )

    def test_a_row_keeps_the_key_that_the_reader_of_before_gave_it(self):
        content = workbook(HEADING, [date(2026, 3, 2), "PC", 600.5, "17", "Svyaz"])
        (entry,), _errors = read_entries(read_rows(content))
        cells = ("2026-03-02 00:00:00", "PC", "600.5", "", "Svyaz", "17", "", "", "")
        digest = hashlib.sha256(repr((cells, 1)).encode()).hexdigest()
        self.assertEqual(entry.key, f"import|{digest}")


class TestExpenseImport(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls.build_budget()
        cls.budget.with_user(cls.users["director"]).action_approve()
        cls.supplier = cls.env["res.partner"].create(
            {"name": "Svyaz", "callcenter_is_supplier": True}
        )

    def import_rows(self, *rows, on_error="good", role="hr"):
        wizard = self.as_(
            role, self.env["callcenter.workstation.actual.import"]
        ).create(
            {
                "budget_id": self.budget.id,
                "file": base64.b64encode(workbook(HEADING, *rows)),
                "on_error": on_error,
            }
        )
        wizard.action_import()
        return wizard

    def counts(self, wizard):
        return (wizard.created_count, wizard.repeated_count, wizard.error_count)

    def test_rows_find_items_by_code_and_name(self):
        wizard = self.import_rows(
            [date(2026, 3, 2), "COMPUTER", 21000, "17", "Svyaz"],
            [date(2026, 4, 2), "Internet", 600.50, "18", ""],
        )
        self.assertEqual(self.counts(wizard), (2, 0, 0))
        self.assertEqual(self.budget.amount_actual, 21600.50)
        actuals = self.env["callcenter.workstation.actual"].search([])
        self.assertEqual(set(actuals.mapped("origin")), {"import"})

    def test_the_same_file_twice_changes_nothing(self):
        rows = [
            [date(2026, 3, 2), "Internet", 300, "17", "Svyaz"],
            [date(2026, 3, 2), "Internet", 300, "", ""],
            [date(2026, 3, 2), "Internet", 300, "", ""],
        ]
        self.assertEqual(self.counts(self.import_rows(*rows)), (3, 0, 0))
        self.assertEqual(self.counts(self.import_rows(*rows)), (0, 3, 0))
        self.assertEqual(self.budget.amount_actual, 900.0)

    def test_wrong_rows_are_named_and_the_good_ones_entered(self):
        wizard = self.import_rows(
            [date(2026, 3, 2), "Internet", 600, "", ""],
            [date(2026, 3, 2), "Coffee", 600, "", ""],
            [date(2025, 3, 2), "Internet", 600, "", ""],
            ["soon", "Internet", 600, "", ""],
            [date(2026, 3, 2), "Internet", 600, "", "Nobody Ltd"],
        )
        self.assertEqual(self.counts(wizard), (1, 0, 4))
        self.assertEqual(wizard.error_ids.mapped("line"), [3, 4, 5, 6])
        self.assertIn("Coffee", wizard.error_ids[0].message)
        self.assertEqual(self.budget.amount_actual, 600.0)

    def test_nothing_is_entered_when_the_user_wants_all_or_nothing(self):
        wizard = self.import_rows(
            [date(2026, 3, 2), "Internet", 600, "", ""],
            [date(2026, 3, 2), "Coffee", 600, "", ""],
            on_error="nothing",
        )
        self.assertEqual(self.counts(wizard), (0, 0, 1))
        self.assertEqual(self.budget.amount_actual, 0.0)

    def test_a_file_that_is_no_table_is_refused(self):
        wizard = self.env["callcenter.workstation.actual.import"].create(
            {"budget_id": self.budget.id, "file": base64.b64encode(b"PK\x03\x04x")}
        )
        with self.assertRaisesRegex(UserError, "is damaged"), self.cr.savepoint():
            wizard.action_import()
        self.assertFalse(wizard.is_done)

    def test_only_hr_imports(self):
        for role in ("supervisor", "director", "manager", "operator"):
            with self.assertRaises(AccessError):
                self.import_rows([date(2026, 3, 2), "Internet", 600], role=role)
        self.assertEqual(self.budget.amount_actual, 0.0)
