from .common import ImportCase


class TestClients(ImportCase):
    def test_a_line_becomes_a_client(self):
        record = self.load_clients(
            "ООО «Вершина»;8 (343) 012-34-56 доб. 12;INFO@vershina.example;0000012341;"
            "Свердловская обл.;Екатеринбург"
        )
        client = self.find_client("ООО «Вершина»")
        self.assertEqual(client.phone_sanitized, "+73430123456")
        self.assertEqual(client.phone, "+7 343 012-34-56")
        self.assertEqual(client.callcenter_phone_extension, "12")
        self.assertEqual(client.email, "info@vershina.example")
        self.assertEqual(client.vat, "0000012341")
        self.assertEqual(client.state_id, self.env.ref("base.state_ru_sve"))
        self.assertEqual(client.country_id, self.env.ref("base.ru"))
        self.assertEqual(client.company_id, self.company)
        self.assertTrue(client.is_company)
        self.assertEqual(record.state, "done")
        self.assertEqual(record.created_count, 1)

    def test_a_number_in_another_spelling_is_the_same_client(self):
        record = self.load_clients(
            "Пётр;8 (343) 012-34-56;;;;",
            "Пётр;+7 343 012 34 56;petr@mail.example;;;",
            "Пётр;73430123456;;;;Тагил",
        )
        client = self.find_client("Пётр")
        self.assertEqual(len(client), 1)
        self.assertEqual(client.email, "petr@mail.example")
        self.assertEqual(client.city, "Тагил")
        self.assertEqual(
            self.outcomes(record), [(2, "created"), (3, "duplicate"), (4, "duplicate")]
        )
        self.assertIn("2", self.fault(record, 3))

    def test_the_tax_number_finds_a_client_with_another_phone(self):
        self.load_clients("ООО Ель;83430123456;;0000012341;;")
        record = self.load_clients("ООО «Ель»;83430999999;;0000012341;;Пермь")
        client = self.find_client("ООО Ель")
        self.assertEqual(client.phone_sanitized, "+73430123456")
        self.assertEqual(client.city, "Пермь")
        self.assertEqual(self.outcomes(record), [(2, "updated")])

    def test_the_same_file_twice_changes_nothing(self):
        lines = (
            "ООО Ель;83430123456;a@b.example;0000012341;Пермский край;Пермь",
            "Пётр;8 (343) 000-00-07, 8 973 000 00 07;;;;",
            "Пётр Второй;83430000007;p@b.example;;;",
        )
        self.load_clients(*lines)
        clients = self.find_client("ООО Ель") | self.find_client("Пётр")
        before = clients.mapped("write_date")
        record = self.load_clients(*lines, existing_policy="overwrite")
        self.assertEqual(
            self.outcomes(record),
            [(2, "unchanged"), (3, "unchanged"), (4, "duplicate")],
        )
        self.assertEqual(clients.mapped("write_date"), before)
        self.assertFalse(self.find_client("Пётр Второй"))

    def test_existing_values_are_kept_filled_or_overwritten_as_chosen(self):
        self.load_clients("Пётр;83430000007;;;;Пермь")
        client = self.find_client("Пётр")
        line = "Пётр;83430000007;new@b.example;;;Курган"
        self.load_clients(line, existing_policy="skip")
        self.assertEqual((client.city, client.email), ("Пермь", False))
        self.load_clients(line, existing_policy="fill")
        self.assertEqual((client.city, client.email), ("Пермь", "new@b.example"))
        self.load_clients(line, existing_policy="overwrite")
        self.assertEqual(client.city, "Курган")

    def test_bad_lines_are_reported_and_the_good_ones_loaded(self):
        record = self.load_clients(
            "Без кода;234-56-78;;;;",
            ";83430000001;;;;",
            "Никак;;;;;",
            "<b>Жирный</b>;83430000002;;;;",
            "=1+1;83430000003;;;;",
            "ИНН плох;83430000004;;0000012345;;",
            "Лишняя;83430000005;;;;;;;x",
            "Хорошая;83430000006;не почта;;Марс;",
        )
        self.assertEqual(record.state, "done")
        self.assertEqual((record.created_count, record.error_count), (2, 6))
        self.assertIn("city code", self.fault(record, 2))
        self.assertIn("name is missing", self.fault(record, 3))
        self.assertIn("Neither a telephone nor a tax number", self.fault(record, 4))
        self.assertIn("HTML", self.fault(record, 5))
        self.assertIn("formula", self.fault(record, 6))
        self.assertIn("check digits", self.fault(record, 7))
        self.assertIn("9 cells instead of 6", self.fault(record, 8))
        client = self.find_client("Хорошая")
        self.assertFalse(client.email)
        self.assertFalse(client.state_id)
        self.assertEqual(record.warning_count, 2)

    def test_all_or_nothing_loads_nothing_for_one_bad_line(self):
        record = self.load_clients(
            "Пётр;83430000001;;;;", "Плох;234-56-78;;;;", error_policy="nothing"
        )
        self.assertEqual(record.state, "rejected")
        self.assertFalse(self.find_client("Пётр"))
        self.assertEqual(self.outcomes(record), [(3, "error")])

    def test_all_or_nothing_loads_all_when_all_are_good(self):
        record = self.load_clients(
            "Пётр;83430000001;;;;", "Иван;83430000002;;;;", error_policy="nothing"
        )
        self.assertEqual(record.state, "done")
        self.assertEqual(self.outcomes(record), [(2, "created"), (3, "created")])

    def test_all_or_nothing_undoes_what_the_base_refuses_late(self):
        self.env["res.partner"].create({"name": "Старый", "ref": "K-1"})
        record = self.load(
            "Название;Телефон;Код\nПётр;83430000001;K-2\nИван;83430000001;K-1\n",
            error_policy="nothing",
        )
        self.assertEqual(record.state, "rejected")
        self.assertFalse(self.find_client("Пётр"))
        self.assertIn("different records", self.fault(record, 3))

    def test_keys_of_different_clients_are_a_doubt(self):
        self.load_clients("ООО А;83430000001;;0000012341;;", "Пётр;83430000002;;;;")
        record = self.load_clients("Кто это;83430000002;;0000012341;;")
        self.assertEqual(self.outcomes(record), [(2, "doubtful")])
        self.assertIn("ООО А", self.fault(record, 2))
        self.assertIn("Пётр", self.fault(record, 2))

    def test_a_number_of_another_tax_number_is_a_doubt(self):
        self.load_clients("ООО А;83430000001;;0000012341;;")
        record = self.load_clients("ООО Б;83430000001;;0000054327;;")
        self.assertIn("another code: ООО А, 0000012341", self.fault(record, 2))
        self.assertEqual(self.outcomes(record), [(2, "doubtful")])

    def test_a_foreign_number_stays_foreign(self):
        self.load_clients("Acme Ltd;+44 20 7946 0123;;;;London")
        client = self.find_client("Acme Ltd")
        self.assertEqual(client.phone_sanitized, "+442079460123")
        self.assertEqual(client.country_id.code, "GB")

    def test_several_numbers_in_a_cell_are_kept(self):
        self.load_clients("Пётр;8 (343) 000-00-07 / +7 973 000 00 07;;;;")
        client = self.find_client("Пётр")
        self.assertEqual(client.phone_sanitized, "+73430000007")
        self.assertEqual(client.callcenter_other_phones, "+79730000007")

    def test_the_contact_person_stands_under_the_company(self):
        content = (
            "Компания;Контактное лицо;Должность;Телефон\n"
            "ООО Ель;Анна Белкина;Закупщик;83430000001\n"
        )
        self.load(content)
        self.load(content)
        contact = self.find_client("ООО Ель").child_ids
        self.assertEqual(contact.mapped("name"), ["Анна Белкина"])
        self.assertEqual(contact.function, "Закупщик")

    def test_an_archived_client_is_not_created_again(self):
        self.load_clients("Пётр;83430000001;;;;")
        self.find_client("Пётр").action_archive()
        record = self.load_clients("Пётр;83430000001;;;;")
        self.assertIn("archive", self.fault(record, 2))
        self.assertFalse(self.find_client("Пётр"))

    def test_a_client_of_another_company_is_not_touched(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.env["res.partner"].create(
            {"name": "Чужой", "phone": "+73430000001", "company_id": other.id}
        )
        self.load_clients("Наш;83430000001;x@y.example;;;")
        self.assertFalse(theirs.email)
        self.assertEqual(self.find_client("Наш").company_id, self.company)

    def test_a_hundred_repetitions_are_one_client(self):
        spellings = (
            "8 343 000 00 09",
            "+7(343)0000009",
            "8-343-000-00-09",
            "73430000009",
        )
        lines = [f"Пётр {n};{spellings[n % 4]};;;;" for n in range(1200)]
        record = self.load_clients(*lines)
        self.assertEqual(record.created_count, 1)
        self.assertEqual(record.duplicate_count, 1199)
        number = [("phone_sanitized", "=", "+73430000009")]
        self.assertEqual(self.env["res.partner"].search_count(number), 1)
