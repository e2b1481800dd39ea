"""Builders of imported files."""

import base64
import io

from openpyxl import Workbook

from ..cases import CallcenterCase

CLIENT_HEADER = "Наименование;Телефон;E-mail;ИНН;Регион;Город"
PRODUCT_HEADER = "Артикул;Наименование;Категория;Цена;Цвет"


def write_xlsx(rows):
    """The bytes of a workbook with one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class ImportCase(CallcenterCase):
    """``self.load(lines)`` takes a CSV all the way as a role and returns the import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.lang = "en_US"

    def build_import(self, content, role="supervisor", **vals):
        """An uploaded file; ``content`` is text (UTF-8 in the file) or bytes."""
        if isinstance(content, str):
            content = content.encode()
        model = self.env["callcenter.data.import"]
        if role != "su":
            model = model.with_user(self.users[role])
        return model.create(
            {
                "kind": "clients",
                "filename": "base.csv",
                "file": base64.b64encode(content),
            }
            | vals
        )

    def read(self, content, role="supervisor", **vals):
        record = self.build_import(content, role, **vals)
        record.action_read_file()
        return record

    def load(self, content, role="supervisor", **vals):
        record = self.read(content, role, **vals)
        record.action_start()
        self.run_imports()
        return record

    def load_clients(self, *lines, **vals):
        return self.load("\n".join([CLIENT_HEADER, *lines]), **vals)

    def load_products(self, *lines, **vals):
        content = "\n".join([PRODUCT_HEADER, *lines])
        return self.load(content, **{"kind": "products", "role": "manager"} | vals)

    def run_imports(self):
        """What the scheduled action does, in its own test transaction."""
        cron = self.env.ref("callcenter_ops.ir_cron_load_imports").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def find_client(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    def outcomes(self, record):
        """``[(line, outcome)]`` of the import."""
        return [(row.line, row.outcome) for row in self.rows(record)]

    def rows(self, record):
        model = self.env["callcenter.data.import.row"]
        return model.search([("import_id", "=", record.id)], order="line")

    def fault(self, record, line):
        return self.rows(record).filtered(lambda row: row.line == line).message
