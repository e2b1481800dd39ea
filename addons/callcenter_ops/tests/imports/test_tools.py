from decimal import Decimal

from odoo.tests import BaseCase

from ...models.clients.client_import import ClientImport
from ...models.imports.product_import import ProductImport
from ...tools.clients.phone_parse import Phone, PhoneError, parse_phone, parse_phones
from ...tools.clients.region_names import find_region_code
from ...tools.imports.cell_values import CellError, check_vat, parse_amount
from ...tools.imports.column_guess import guess_columns


class TestPhoneParse(BaseCase):
    def test_every_spelling_of_a_number_is_one_number(self):
        for text in (
            "8 (343) 012-34-56",
            "8(343)0123456",
            "83430123456",
            "73430123456",
            "+7 343 012 34 56",
            "3430123456",
            "+7-343-012\u201334\u201456",
            "\u00a08\u00a0343\u00a0012-34-56",
            "тел.: 8 (343) 012-34-56",
            "007 343 0123456",
            "73430123456.0",
            "73430123456,00",
            "8 343 012-34-56 Иван",
            "Иван Олегович, 8 (343) 012-34-56 (рабочий)",
            "Иваново(343)012-34-56",
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_phone(text), Phone("+73430123456"))

    def test_the_extension_is_kept_apart(self):
        for text in (
            "8 (343) 012-34-56 доб. 123",
            "8 (343) 012-34-56, доб.123",
            "8 (343) 012-34-56 (доб. 123)",
            "+7 343 012-34-56 вн. 123",
            "+7 343 012-34-56 ext. 123",
            "+7 343 012-34-56 #123",
            "+7 343 012-34-56, 123",
            "8 (343) 012-34-56 доб. 123 (отдел)",
            "8 (343) 012-34-56 доб. 123 (отдел продаж)",
            "tel:+7-343-012-34-56;ext=123",
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_phones(text), [Phone("+73430123456", "123")])

    def test_several_numbers_come_in_their_order_once_each(self):
        first, second = Phone("+73430123456"), Phone("+79730000001")
        for text in (
            "8 343 012-34-56; 8 973 000-00-01",
            "8 343 012-34-56 / 8 973 000-00-01",
            "8 343 012-34-56\n8 973 000-00-01",
            "8 343 012-34-56 или 8 973 000-00-01, +7 343 0123456",
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_phones(text), [first, second])

    def test_numbers_share_the_city_code_of_the_first(self):
        first, second = Phone("+73430129105"), Phone("+73430129106")
        for text in (
            "8 (343) 012-91-05, 012-91-06",
            "8 (343) 012-91-05; 012-91-06",
            "8 (343) 012-91-05 / 012-91-06",
            "8 (343) 012-91-05 и 012-91-06",
            "8 343 0129105, 0129106",
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_phones(text), [first, second])
        self.assertEqual(
            parse_phones("8 (34369) 4-12-05, 4-12-06"),
            [Phone("+73436941205"), Phone("+73436941206")],
        )
        self.assertEqual(
            parse_phones("8 (343) 012-91-05 доб. 1, 012-91-06 доб. 2"),
            [Phone("+73430129105", "1"), Phone("+73430129106", "2")],
        )

    def test_the_decimals_of_a_spreadsheet_are_no_extension(self):
        for text in ("79730000002,0", "79730000002.0", "79730000002, 0"):
            with self.subTest(text=text):
                self.assertEqual(parse_phones(text), [Phone("+79730000002")])
        self.assertEqual(
            parse_phones("79730000001.0; 79730000002,0"),
            [Phone("+79730000001"), Phone("+79730000002")],
        )

    def test_letters_are_never_read_as_digits(self):
        for text in (
            "+7 343 O12-34-56",
            "8 343 \u041e12-34-56",
            "8 343 012-34-5\u041e",
            "8 343 012-34-5O6",
            "\u041e343 012-34-56",
            "8 343 0I2-34-56",
            "8 343 01Z-34-56",
            "8 343 FLOWERS",
        ):
            with self.subTest(text=text), self.assertRaises(PhoneError) as caught:
                parse_phones(text)
            self.assertEqual(caught.exception.code, "invalid")

    def test_foreign_numbers_keep_their_country(self):
        self.assertEqual(parse_phone("+1 202-555-0123").e164, "+12025550123")
        self.assertEqual(parse_phone("8-10-49-30-23125000").e164, "+493023125000")
        self.assertEqual(parse_phone("00 44 20 7946 0123").e164, "+442079460123")

    def test_what_is_no_number_says_why(self):
        for text, code in (
            ("234-56-78", "no_city_code"),
            ("34-56-78", "no_city_code"),
            ("нет", "no_digits"),
            ("", "no_digits"),
            ("7,9731E+10", "spoilt"),
            ("7.97312E10", "spoilt"),
            ("8 (343) 012-34-5", "invalid"),
            ("8 343 012-34-56-78", "invalid"),
            ("+999 1234567", "invalid"),
            ("8 (343) 012-91-05, 4-12-06", "no_city_code"),
            ("8 973 000-00-01, 000-00-02", "no_city_code"),
            ("8 343 012-34-56/57", "invalid"),
            ("1" * 400, "too_long"),
        ):
            with self.subTest(text=text), self.assertRaises(PhoneError) as caught:
                parse_phones(text)
            self.assertEqual(caught.exception.code, code)


class TestCells(BaseCase):
    def test_amounts_are_read_as_people_write_them(self):
        for text, amount in (
            ("1 299,90 руб.", "1299.90"),
            ("1\u00a0299.90", "1299.90"),
            ("1,299.90", "1299.90"),
            ("1.299,90 ₽", "1299.90"),
            ("27400", "27400"),
            ("0", "0"),
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_amount(text), Decimal(amount))

    def test_what_is_no_amount_is_refused(self):
        for text in ("дорого", "-5", "NaN", "1e99", "inf", "5 шт"):
            with self.subTest(text=text), self.assertRaises(CellError):
                parse_amount(text)

    def test_a_zero_that_a_spreadsheet_dropped_is_put_back(self):
        self.assertEqual(check_vat("12341".zfill(9)), "0000012341")
        with self.assertRaises(CellError):
            check_vat("12345".zfill(10))

    def test_regions_are_known_by_every_name(self):
        for text, code in (
            ("Свердловская обл.", "SVE"),
            ("свердловская область", "SVE"),
            ("ХМАО-Югра", "KHM"),
            ("Ханты-Мансийский автономный округ — Югра", "KHM"),
            ("Ямало-Ненецкий АО", "YAN"),
            ("Республика Алтай", "AL"),
            ("Алтайский край", "ALT"),
            ("г. Москва", "MOW"),
            ("Ненецкий автономный округ", "NEN"),
            ("Забайкальский край", "ZAB"),
            ("Респ. Крым", "CR"),
            ("г. Севастополь", "SEV"),
            ("Донецкая Народная Республика", "93"),
            ("Запорожская обл.", "90"),
            ("95", ""),
            ("Марс", ""),
        ):
            with self.subTest(text=text):
                self.assertEqual(find_region_code(text), code)

    def test_headers_in_both_languages_are_understood(self):
        self.assertEqual(
            guess_columns(
                ["Контактный телефон", "ФИО", "ИНН", "Адрес эл. почты"],
                ClientImport.header_words,
            ),
            ["phone", "name", "vat", "email"],
        )
        self.assertEqual(
            guess_columns(
                ["SKU", "Product name", "Price", "Brand", "Size"],
                ProductImport.header_words,
                ProductImport.repeated_words,
            ),
            ["default_code", "name", "list_price", "attribute", "attribute"],
        )
