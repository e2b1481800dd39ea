from odoo.exceptions import AccessError

from .common import ImportCase

STOPS = "Телефон;Код клиента;Причина;Не звонить до"
CONSENTS = "Телефон;Код клиента;Вид согласия;Дата;Способ;Версия текста;Отозвано"
FIRST, SECOND, UNKNOWN = "+73430000001", "+73430000002", "+73430000009"


class ListCase(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        russia = {"country_id": cls.env.ref("base.ru").id}
        cls.client = cls.env["res.partner"].create(
            {
                "name": "First",
                "ref": "C-1",
                "phone": FIRST,
                "callcenter_other_phones": SECOND,
                **russia,
            }
        )
        cls.bare = cls.env["res.partner"].create({"name": "Bare", "ref": "C-2"})

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 05:00:00"))

    def faults(self, record):
        return {row.line: row.message for row in self.rows(record) if row.message}


class TestStopImport(ListCase):
    def load_stops(self, *lines, **vals):
        return self.load("\n".join([STOPS, *lines]), kind="stops", **vals)

    def entries(self):
        own = [("company_id", "=", self.company.id)]
        found = self.env["callcenter.stop.entry"].search(own, order="id")
        return [(one.phone, one.partner_id, str(one.date_end or "")) for one in found]

    def test_a_number_alone_is_stopped(self):
        record = self.load_stops("8 343 000-00-09;;Complaint;")
        self.assertEqual((record.state, record.created_count), ("done", 1))
        nobody = self.env["res.partner"]
        self.assertEqual(self.entries(), [(UNKNOWN, nobody, "")])

    def test_a_client_is_found_by_any_number_and_by_his_code(self):
        """Whoever is stopped for good by one number is so by all of his."""
        self.load_stops("8 343 000-00-02;;;", ";C-1;;31.12.2026")
        self.assertEqual(
            self.entries(),
            [
                (SECOND, self.client, ""),
                (FIRST, self.client, "2026-12-31 19:00:00"),
                (FIRST, self.client, ""),
            ],
        )

    def test_the_same_list_again_changes_nothing(self):
        lines = "8 343 000-00-01;C-1;;", "8 343 000-00-09;;;"
        self.load_stops(*lines)
        record = self.load_stops(*lines)
        self.assertEqual((record.created_count, record.unchanged_count), (0, 2))
        self.assertEqual(
            {(phone, client.id) for phone, client, _end in self.entries()},
            {(FIRST, self.client.id), (SECOND, self.client.id), (UNKNOWN, False)},
        )
        self.assertEqual(len(self.entries()), 3)

    def test_a_longer_entry_is_added_and_a_shorter_one_changes_nothing(self):
        self.load_stops("8 343 000-00-09;;;31.12.2026")
        self.load_stops("8 343 000-00-09;;;30.06.2026")
        self.assertEqual(len(self.entries()), 1)
        self.load_stops("8 343 000-00-09;;;")
        self.assertEqual(
            [end for _phone, _client, end in self.entries()],
            ["2026-12-31 19:00:00", ""],
        )

    def test_bad_lines_are_named_and_the_good_ones_load(self):
        record = self.load_stops(
            "8 343 O00-00-01;;;",
            ";;Somebody;",
            "8 343 000-00-09;;;01.03.2026",
            ";C-77;;",
            "8 343 000-00-09;;;",
        )
        self.assertFalse(record.failure)
        self.assertEqual((record.created_count, record.error_count), (1, 4))
        faults = self.faults(record)
        self.assertIn("No such telephone number", faults[2])
        self.assertIn("Nothing says who it is", faults[3])
        self.assertIn("has ended already", faults[4])
        self.assertIn("no telephone is given", faults[5])

    def test_supervisors_and_administrators_load_it_and_nobody_else(self):
        for role in ("operator", "hr", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.load_stops("8 343 000-00-09;;;", role=role)
        self.assertEqual(self.entries(), [])
        self.assertEqual(
            self.load_stops("8 343 000-00-09;;;", role="manager").created_count, 1
        )


class TestConsentImport(ListCase):
    def load_consents(self, *lines, **vals):
        return self.load("\n".join([CONSENTS, *lines]), kind="consents", **vals)

    def consents(self):
        found = self.env["callcenter.consent"].search([], order="id")
        found = found.filtered(lambda one: one.partner_id in self.client | self.bare)
        return [
            (one.partner_id.ref, one.kind, str(one.date), one.source, one.text_version)
            for one in found
            if not one.withdrawn_at
        ]

    def test_consents_are_laid_to_clients_by_any_number_and_code(self):
        record = self.load_consents(
            "8 343 000-00-02;;Реклама;01.02.2026;сайт;2026/1;",
            ";C-2;персональные данные;2026-02-02;бумажная анкета;2026/2;нет",
        )
        self.assertEqual((record.state, record.created_count), ("done", 2))
        self.assertEqual(
            self.consents(),
            [
                ("C-1", "advertising", "2026-02-01", "site", "2026/1"),
                ("C-2", "personal_data", "2026-02-02", "paper", "2026/2"),
            ],
        )

    def test_a_consent_that_is_there_is_never_rewritten(self):
        self.load_consents(";C-1;Реклама;01.02.2026;сайт;2026/1;")
        before = self.consents()
        record = self.load_consents(";C-1;Реклама;01.03.2026;договор;2026/9;")
        self.assertEqual((record.created_count, record.unchanged_count), (0, 1))
        self.assertEqual(self.consents(), before)

    def test_a_withdrawal_ends_the_consent_in_force(self):
        self.load_consents(";C-1;Реклама;01.02.2026;сайт;2026/1;")
        record = self.load_consents(";C-1;Реклама;;;;да")
        self.assertEqual((record.state, record.updated_count), ("done", 1))
        self.assertEqual(self.consents(), [])

    def test_bad_lines_are_named_and_give_no_consent(self):
        record = self.load_consents(
            ";C-1;что-то;01.02.2026;сайт;1;",
            ";C-1;Реклама;01.02.2026;сон;1;",
            ";C-1;Реклама;;сайт;1;",
            ";C-1;Реклама;01.02.2026;сайт;;",
            ";C-9;Реклама;01.02.2026;сайт;1;",
            ";C-1;Реклама;;;;да",
            ";C-1;Реклама;01.02.2026;сайт;1;может",
        )
        self.assertEqual((record.created_count, record.error_count), (0, 7))
        faults = self.faults(record)
        for line, words in (
            (2, "no kind of consent"),
            (3, "how it was given"),
            (4, "day is missing"),
            (5, "version of the text"),
            (6, "No client has"),
            (7, "nothing to withdraw"),
            (8, "whether it was withdrawn"),
        ):
            self.assertIn(words, faults[line])
        self.assertEqual(self.consents(), [])

    def test_only_supervisors_load_consents(self):
        for role in ("operator", "hr", "director", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.load_consents(";C-1;Реклама;01.02.2026;сайт;1;", role=role)
        self.assertEqual(self.consents(), [])
