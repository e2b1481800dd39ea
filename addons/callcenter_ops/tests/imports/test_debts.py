from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ImportCase, write_xlsx

DEBTS = "Договор;Сумма долга;Срок оплаты;Телефон;Код клиента"
PAYMENTS = "Счёт;Платёжное поручение;Сумма;Дата оплаты"


@tagged("post_install", "-at_install")
class TestDebtImport(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"]
        russia = {"country_id": cls.env.ref("base.ru").id}
        cls.first = partners.create(
            {"name": "First", "phone": "+7 343 000-00-01", **russia}
        )
        cls.second = partners.create({"name": "Second", "ref": "C-2", **russia})
        cls.debts = cls.env["callcenter.debt"]

    def load_debts(self, *lines, **vals):
        return self.load("\n".join([DEBTS, *lines]), kind="debts", **vals)

    def load_payments(self, *lines, **vals):
        return self.load("\n".join([PAYMENTS, *lines]), kind="payments", **vals)

    def messages(self, record):
        rows = self.env["callcenter.data.import.row"].search(
            [("import_id", "=", record.id), ("outcome", "=", "error")], order="line"
        )
        return {row.line: row.message for row in rows}

    def test_debts_find_their_clients_by_telephone_and_code(self):
        record = self.load_debts(
            "A-1;1 000,50;10.03.2026;8 343 000 00 01;", "A-2;300;2026-03-12;;C-2"
        )
        self.assertEqual((record.state, record.created_count), ("done", 2))
        one, two = self.debts.search([("name", "in", ("A-1", "A-2"))], order="name")
        self.assertEqual((one.partner_id, one.amount), (self.first, 1000.5))
        self.assertEqual(
            (two.partner_id, str(two.date_due)), (self.second, "2026-03-12")
        )

    def test_each_bad_line_is_named_and_the_good_ones_are_loaded(self):
        record = self.load_debts(
            "A-1;1000;10.03.2026;8 343 000 00 01;",
            "A-2;many;10.03.2026;8 343 000 00 01;",
            "A-3;5;31.02.2026;8 343 000 00 01;",
            "A-4;5;10.03.2026;8 343 000 00 99;",
            "A-5;5;10.03.2026;8 343 000 00 01;C-2",
        )
        self.assertEqual((record.created_count, record.error_count), (1, 4))
        messages = self.messages(record)
        self.assertIn("is no amount", messages[3])
        self.assertIn("is no day", messages[4])
        self.assertIn("No client has", messages[5])
        self.assertIn("different records", messages[6])

    def test_a_newer_file_changes_the_sum_and_never_the_client(self):
        self.load_debts("A-1;1000;10.03.2026;8 343 000 00 01;")
        record = self.load_debts("A-1;900;10.03.2026;8 343 000 00 01;")
        self.assertEqual(record.updated_count, 1)
        self.assertEqual(self.debts.search([("name", "=", "A-1")]).amount, 900)
        stolen = self.load_debts("A-1;900;10.03.2026;;C-2")
        self.assertIn("another client's", self.messages(stolen)[2])

    def test_payments_are_laid_to_debts_and_never_twice(self):
        self.load_debts("A-1;1000;10.03.2026;8 343 000 00 01;")
        record = self.load_payments(
            "A-1;77;400;05.03.2026", "A-1;78;100;06.03.2026", "B-9;79;1;06.03.2026"
        )
        self.assertEqual((record.created_count, record.error_count), (2, 1))
        self.assertIn("B-9", self.messages(record)[4])
        again = self.load_payments("A-1;77;400;05.03.2026")
        self.assertEqual((again.created_count, again.unchanged_count), (0, 1))
        debt = self.debts.search([("name", "=", "A-1")])
        self.assertEqual((debt.amount_paid, debt.amount_left), (500, 500))

    def test_a_workbook_is_read_too(self):
        rows = [DEBTS.split(";"), ["A-1", 250, "2026-03-10", "", "C-2"]]
        record = self.load(write_xlsx(rows), kind="debts", filename="debts.xlsx")
        self.assertEqual(record.created_count, 1)

    def test_only_supervisors_load_debts(self):
        for role in ("manager", "operator", "hr", "director"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.load_debts("A-1;1;10.03.2026;;C-2", role=role)
        self.assertFalse(self.debts.search([("name", "=", "A-1")]))
