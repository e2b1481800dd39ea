from odoo.tests import BaseCase

from ...tools.personnel import name_cases


class TestNameCases(BaseCase):
    def test_full_names_are_inflected_by_the_school_rules(self):
        expected = {
            ("Иванов Сергей Петрович", "accusative"): "Иванова Сергея Петровича",
            ("Кузнецова Мария Ильинична", "dative"): "Кузнецовой Марии Ильиничне",
            ("Толстых Лев Никитич", "genitive"): "Толстых Льва Никитича",
            ("Шевчук Ольга Юрьевна", "accusative"): "Шевчук Ольгу Юрьевну",
            ("Шевчук Олег Юрьевич", "accusative"): "Шевчука Олега Юрьевича",
            ("Мамин-Сибиряк Дмитрий Наркисович", "genitive"): (
                "Мамина-Сибиряка Дмитрия Наркисовича"
            ),
            ("Иванов Сергей Петрович", "instrumental"): "Ивановым Сергеем Петровичем",
        }
        for (name, case), form in expected.items():
            with self.subTest(name=name, case=case):
                self.assertEqual(name_cases.inflect_name(name, case), form)

    def test_capitals_blanks_and_tags_do_not_reach_the_paper(self):
        for dirty in (
            "ИВАНОВ СЕРГЕЙ ПЕТРОВИЧ",
            "  Иванов  Сергей\xa0Петрович ",
            "<p>Иванов <b>Сергей</b> Петрович</p>",
        ):
            with self.subTest(dirty=dirty):
                self.assertEqual(
                    name_cases.inflect_name(dirty, "accusative"),
                    "Иванова Сергея Петровича",
                )

    def test_a_name_that_tells_no_gender_stays_as_it_is(self):
        self.assertIsNone(name_cases.detect_gender("Ким Саша"))
        self.assertEqual(name_cases.inflect_name("Ким Саша", "dative"), "Ким Саша")

    def test_the_given_gender_decides(self):
        self.assertEqual(
            name_cases.inflect_name("Ким Саша", "dative", "male"), "Киму Саше"
        )
        self.assertEqual(
            name_cases.inflect_name("Ким Саша", "dative", "female"), "Ким Саше"
        )

    def test_latin_and_single_names_stay_as_they_are(self):
        self.assertEqual(name_cases.inflect_name("Smith John", "dative"), "Smith John")
        self.assertEqual(name_cases.inflect_name("", "dative"), "")

    def test_signature_line_has_initials_first(self):
        self.assertEqual(
            name_cases.short_name("ИВАНОВ Сергей Петрович"), "С. П. Иванов"
        )
        self.assertEqual(name_cases.short_name("Ким"), "Ким")

    def test_login_is_made_of_latin_letters(self):
        self.assertEqual(
            name_cases.make_login("Щёлокова Юлия Ивановна"), "y.shchelokova"
        )
        self.assertEqual(name_cases.make_login("О'Коннор Пётр"), "p.okonnor")
        self.assertEqual(name_cases.make_login("  "), "")
