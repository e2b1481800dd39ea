from odoo.exceptions import AccessError, UserError

from .common import ImportCase

HEADER = "Код клиента;Наименование;Телефон;ИНН;Город"


class TestDoubts(ImportCase):
    """A weaker key never overrules a stronger one; a person decides."""

    def setUp(self):
        super().setUp()
        self.first = self.load_coded("R-1;Первый;83430000001;;Пермь")
        self.client = self.find_client("Первый")

    def load_coded(self, *lines, **vals):
        return self.load("\n".join([HEADER, *lines]), **vals)

    def clients(self):
        found = self.env["res.partner"].search([("ref", "in", ("R-1", "R-2", "R-3"))])
        return sorted(found.mapped(lambda one: (one.ref, one.name, one.city or "")))

    def test_another_code_with_a_known_telephone_is_a_doubt(self):
        for policy in ("fill", "overwrite"):
            record = self.load_coded(
                "R-2;Второй;83430000001;;Курган", existing_policy=policy
            )
            self.assertEqual(self.outcomes(record), [(2, "doubtful")])
            self.assertEqual((record.doubtful_count, record.error_count), (1, 0))
            self.assertIn("The same Phone, but another code", self.fault(record, 2))
            self.assertIn("Первый, R-1", self.fault(record, 2))
            self.assertEqual(self.clients(), [("R-1", "Первый", "Пермь")])

    def test_two_lines_of_one_file_with_one_telephone_and_two_codes_are_a_doubt(self):
        record = self.load_coded("R-2;Второй;83430000002;;", "R-3;Третий;83430000002;;")
        self.assertEqual(self.outcomes(record), [(2, "created"), (3, "doubtful")])

    def test_keys_of_two_clients_are_a_doubt(self):
        self.load_coded("R-2;Второй;83430000002;;")
        record = self.load_coded("R-1;Первый;83430000002;;")
        self.assertEqual(self.outcomes(record), [(2, "doubtful")])
        self.assertIn("Первый, Второй", self.fault(record, 2))

    def test_a_new_telephone_of_a_known_code_is_no_doubt(self):
        record = self.load_coded(
            "R-1;Первый;83430000009;;", existing_policy="overwrite"
        )
        self.assertEqual(self.outcomes(record), [(2, "updated")])
        self.assertEqual(self.client.phone_sanitized, "+73430000009")

    def test_a_rule_decides_on_all_doubts_and_a_second_load_changes_nothing(self):
        line = "R-2;Второй;83430000001;;Курган"
        record = self.load_coded(line, doubt_policy="separate")
        self.assertEqual(self.outcomes(record), [(2, "created")])
        both = [("R-1", "Первый", "Пермь"), ("R-2", "Второй", "Курган")]
        self.assertEqual(self.clients(), both)
        again = self.load_coded(line)
        self.assertEqual(self.outcomes(again), [(2, "unchanged")])
        self.assertEqual(self.clients(), both)

    def test_a_person_decides_line_by_line(self):
        record = self.load_coded(
            "R-2;Второй;83430000001;;Курган",
            "R-3;Третий;83430000001;;Курган",
            existing_policy="overwrite",
        )
        with self.assertRaisesRegex(UserError, "Decide on a doubtful line"):
            record.action_load_decided()
        rows = self.as_("supervisor", self.rows(record))
        rows[0].action_decide_separate()
        rows[1].action_decide_same()
        record.action_load_decided()
        self.run_imports()
        self.assertEqual(self.outcomes(record), [(2, "created"), (3, "updated")])
        self.assertEqual((record.state, record.doubtful_count), ("done", 0))
        self.assertEqual(
            self.clients(), [("R-2", "Второй", "Курган"), ("R-3", "Третий", "Курган")]
        )
        self.assertEqual(self.client.ref, "R-3")

    def test_nobody_else_decides_and_only_on_doubts(self):
        record = self.load_coded("R-2;Второй;83430000001;;Курган")
        row = self.rows(record)
        for role in ("operator", "hr", "director"):
            with self.assertRaises(AccessError):
                self.as_(role, row).action_decide_same()
        with self.assertRaisesRegex(UserError, "nothing to decide"):
            self.as_("supervisor", self.rows(self.first)).action_decide_same()
        with self.assertRaises(AccessError):
            self.as_("supervisor", row).decision = "same"
        self.assertFalse(row.decision)

    def test_goods_with_another_code_and_a_known_barcode_are_a_doubt(self):
        vals = {"kind": "products", "role": "manager"}
        header = "Артикул;Наименование;Штрихкод"
        self.load(f"{header}\nA1;Мяч;4600000000008", **vals)
        record = self.load(f"{header}\nA2;Сетка;4600000000008", **vals)
        self.assertEqual(self.outcomes(record), [(2, "doubtful")])
        goods = self.env["product.template"].search([("barcode", "=", "4600000000008")])
        self.assertEqual((goods.default_code, goods.name), ("A1", "Мяч"))
