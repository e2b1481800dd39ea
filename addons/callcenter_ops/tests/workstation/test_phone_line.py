from odoo.exceptions import ValidationError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import WorkstationCase


class TestPhoneLine(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.package = cls.env["callcenter.phone.package"].create(
            {
                "name": "Ural unlimited",
                "monthly_fee": 6700,
                "free_district": "ural",
                "included_minutes": 3000,
                "price_beyond": 1.5,
            }
        )

    def build_line(self, **vals):
        return self.env["callcenter.phone.line"].create(
            {"name": "Line", "package_id": self.package.id} | vals
        )

    def test_numbers_are_kept_in_the_international_form(self):
        line = self.build_line(phone="8 (343) 200-00-01")
        self.assertEqual(line.phone, "+73432000001")
        line.phone = "+7 343 200 00 02"
        self.assertEqual(line.phone, "+73432000002")

    def test_what_is_no_number_is_refused(self):
        with (
            self.assertRaisesRegex(ValidationError, "not a telephone number"),
            self.cr.savepoint(),
        ):
            self.build_line(phone="ask Olga")

    def test_a_line_shows_its_packages_rules(self):
        line = self.build_line()
        self.assertEqual(
            (line.monthly_fee, line.free_district, line.included_minutes),
            (6700.0, "ural", 3000),
        )

    @mute_logger("odoo.sql_db")
    def test_a_line_without_a_package_and_a_number_twice_are_refused(self):
        self.build_line(phone="+73432000001")
        for vals in (
            {"package_id": False, "name": "x"},
            {"phone": "83432000001"},
        ):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.build_line(**vals)

    @mute_logger("odoo.sql_db")
    def test_a_package_has_no_negative_prices_and_minutes(self):
        before = self.package.read(["monthly_fee", "price_beyond", "included_minutes"])
        for vals in (
            {"monthly_fee": -1},
            {"price_beyond": -0.01},
            {"included_minutes": -1},
            {"rounding_seconds": 0},
        ):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.package.write(vals)
                self.package.flush_recordset()
        self.package.invalidate_recordset()
        after = self.package.read(["monthly_fee", "price_beyond", "included_minutes"])
        self.assertEqual(after, before)

    @mute_logger("odoo.sql_db")
    def test_one_line_serves_one_place(self):
        line = self.build_line()
        self.build_place("A-01", line_id=line.id)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.build_place("A-02", line_id=line.id).flush_recordset()

    def test_the_line_follows_the_operator_of_its_place(self):
        line = self.build_line()
        operator = self.build_employee("Operator")
        place = self.build_place(line_id=line.id, employee_id=operator.id)
        self.assertEqual(line.employee_id, operator)
        self.assertEqual(line.custody_ids.employee_id, operator)
        place.line_id = False
        self.assertTrue(line.custody_ids.date_to)
