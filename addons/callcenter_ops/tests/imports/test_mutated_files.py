import time

from odoo.tests import BaseCase

from ...models.clients.client_import import ClientImport
from ...tools.budget.expense_sheet import SheetError, read_entries, read_rows
from ...tools.imports.column_guess import find_header
from ...tools.imports.table_error import TableError
from .mutations import FILES, SECONDS, spoil_many
from .test_table_files import CASES, read

SAMPLES = [content for _name, content, _rows, _header in CASES]


class TestMutatedFiles(BaseCase):
    """Whatever a file holds, reading it ends soon, with rows or with a reason."""

    def test_a_spoilt_table_is_read_or_refused(self):
        for number, content in spoil_many(SAMPLES, FILES):
            start = time.monotonic()
            try:
                rows, _table = read(content)
            except TableError as error:
                rows = []
                self.assertTrue(error.code)
            find_header([cells for _line, cells in rows], ClientImport.header_words)
            self.assertLess(time.monotonic() - start, SECONDS, number)

    def test_spoilt_expenses_are_read_or_refused(self):
        for number, content in spoil_many(SAMPLES, FILES // 5, seed=2):
            start = time.monotonic()
            try:
                read_entries(read_rows(content))
            except (TableError, SheetError) as error:
                self.assertTrue(error.code)
            self.assertLess(time.monotonic() - start, SECONDS, number)
