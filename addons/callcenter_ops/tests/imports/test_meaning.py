from .common import CLIENT_HEADER, ImportCase


class TestMeaning(ImportCase):
    """What the columns of other programs mean."""

    def test_a_name_in_three_columns_is_one_name(self):
        self.load(
            "Фамилия;Имя;Отчество;Телефон\nИванов;Пётр;Ильич;83430000001\n"
            ";Анна;;83430000002\n"
        )
        client = self.env["res.partner"].search(
            [("phone_sanitized", "=", "+73430000001")]
        )
        self.assertEqual((client.name, client.is_company), ("Иванов Пётр Ильич", False))
        self.assertTrue(self.find_client("Анна"))

    def test_a_person_beside_a_company_is_who_speaks_for_it(self):
        self.load("Компания;Фамилия;Имя;Телефон\nООО «Мяч»;Иванов;Пётр;83430000001\n")
        company = self.find_client("ООО «Мяч»")
        self.assertEqual(company.child_ids.name, "Иванов Пётр")

    def test_an_address_book_of_google_is_understood(self):
        header = (
            "First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Label,"
            "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,"
            "Phone 2 - Value,Address 1 - Label,Address 1 - City"
        )
        record = self.load(
            f"{header}\nПётр,Ильич,Иванов,,* Home,p@b.example,Mobile,+73430000001,"
            "Work,+73430000002,Home,Пермь\n"
        )
        client = self.find_client("Иванов Пётр Ильич")
        self.assertEqual(
            (client.email, client.phone_sanitized, client.city),
            ("p@b.example", "+73430000001", "Пермь"),
        )
        self.assertEqual(client.callcenter_other_phones, "+73430000002")
        unused = record.column_ids.filtered(lambda column: not column.target)
        self.assertEqual(
            unused.mapped("header"),
            [
                "E-mail 1 - Label",
                "Phone 1 - Label",
                "Phone 2 - Label",
                "Address 1 - Label",
            ],
        )

    def test_a_wrong_tax_number_is_told_and_the_client_kept(self):
        record = self.load_clients("Мяч;83430000001;;0000012345;;")
        self.assertEqual(self.outcomes(record), [(2, "created")])
        self.assertIn("it is not used", self.fault(record, 2))
        self.assertFalse(self.find_client("Мяч").vat)

    def test_the_responsible_person_and_the_last_purchase_come_along(self):
        manager = self.users["supervisor"]
        record = self.load(
            "Клиент;Телефон;Ответственный;Последняя покупка\n"
            f"Ян;83430000001;{manager.name};05.03.2026\n"
            f"Пётр;83430000002;{manager.login};46086\n"
            "Анна;83430000003;Никто Такой;вчера\n"
        )
        self.assertEqual(record.created_count, 3)
        for name in ("Ян", "Пётр"):
            client = self.find_client(name)
            self.assertEqual(client.user_id, manager)
            self.assertEqual(str(client.callcenter_last_purchase), "2026-03-05")
        anna = self.find_client("Анна")
        self.assertFalse(anna.user_id or anna.callcenter_last_purchase)
        self.assertIn("Nobody who works here", self.fault(record, 4))
        self.assertIn("“вчера” is no day", self.fault(record, 4))

    def test_goods_without_a_price_cost_nothing(self):
        self.load_products("A1;Мяч;;;", "A2;Сетка;;#Н/Д;")
        goods = self.env["product.template"].search(
            [("default_code", "in", ("A1", "A2"))]
        )
        self.assertEqual(goods.mapped("list_price"), [0, 0])

    def test_a_column_of_given_names_alone_is_the_name(self):
        record = self.read("Имя;Телефон\nПётр;83430000001\n")
        self.assertEqual(record.column_ids.mapped("target"), ["name", "phone"])

    def test_the_columns_of_before_go_where_they_went(self):
        record = self.read(f"{CLIENT_HEADER}\nПётр;83430000001;;;;\n")
        self.assertEqual(
            record.column_ids.mapped("target"),
            ["name", "phone", "email", "vat", "region", "city"],
        )
