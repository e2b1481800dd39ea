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

    def test_hard_surnames_have_exact_forms(self):
        expected = {
            "Ван дер Берг Иван Петрович": (
                "Ван дер Берга Ивана Петровича",
                "Ван дер Бергу Ивану Петровичу",
                "Ван дер Берга Ивана Петровича",
                "Ван дер Бергом Иваном Петровичем",
            ),
            "Ван дер Берг Анна Сергеевна": (
                "Ван дер Берг Анны Сергеевны",
                "Ван дер Берг Анне Сергеевне",
                "Ван дер Берг Анну Сергеевну",
                "Ван дер Берг Анной Сергеевной",
            ),
            "Иванова (Петрова) Мария Ильинична": (
                "Ивановой (Петровой) Марии Ильиничны",
                "Ивановой (Петровой) Марии Ильиничне",
                "Иванову (Петрову) Марию Ильиничну",
                "Ивановой (Петровой) Марией Ильиничной",
            ),
            "Сова Анна Сергеевна": (
                "Совы Анны Сергеевны",
                "Сове Анне Сергеевне",
                "Сову Анну Сергеевну",
                "Совой Анной Сергеевной",
            ),
            "Сова Иван Сергеевич": (
                "Совы Ивана Сергеевича",
                "Сове Ивану Сергеевичу",
                "Сову Ивана Сергеевича",
                "Совой Иваном Сергеевичем",
            ),
            "Швец Олег Юрьевич": (
                "Швеца Олега Юрьевича",
                "Швецу Олегу Юрьевичу",
                "Швеца Олега Юрьевича",
                "Швецом Олегом Юрьевичем",
            ),
            "Швец Ольга Юрьевна": (
                "Швец Ольги Юрьевны",
                "Швец Ольге Юрьевне",
                "Швец Ольгу Юрьевну",
                "Швец Ольгой Юрьевной",
            ),
            "Воробей Иван Петрович": (
                "Воробья Ивана Петровича",
                "Воробью Ивану Петровичу",
                "Воробья Ивана Петровича",
                "Воробьём Иваном Петровичем",
            ),
            "Воробей Анна Петровна": (
                "Воробей Анны Петровны",
                "Воробей Анне Петровне",
                "Воробей Анну Петровну",
                "Воробей Анной Петровной",
            ),
            "Заяц Пётр Иванович": (
                "Зайца Петра Ивановича",
                "Зайцу Петру Ивановичу",
                "Зайца Петра Ивановича",
                "Зайцем Петром Ивановичем",
            ),
            "мамин-сибиряк дмитрий наркисович": (
                "Мамина-Сибиряка Дмитрия Наркисовича",
                "Мамину-Сибиряку Дмитрию Наркисовичу",
                "Мамина-Сибиряка Дмитрия Наркисовича",
                "Маминым-Сибиряком Дмитрием Наркисовичем",
            ),
        }
        for name, forms in expected.items():
            found = tuple(
                name_cases.inflect_name(name, case) for case in name_cases.CASES
            )
            with self.subTest(name=name):
                self.assertEqual(found, forms)

    def test_small_and_capital_letters_come_out_as_a_name_is_written(self):
        for written, clean in {
            "иванов сергей петрович": "Иванов Сергей Петрович",
            "ван дер берг иван петрович": "Ван дер Берг Иван Петрович",
            "ВАН ДЕР БЕРГ ИВАН ПЕТРОВИЧ": "Ван дер Берг Иван Петрович",
            "ИВАНОВА (ПЕТРОВА) МАРИЯ ИЛЬИНИЧНА": "Иванова (Петрова) Мария Ильинична",
            "о'коннор пётр иванович": "О'Коннор Пётр Иванович",
            "ахметов ильдар рашит ОГЛЫ": "Ахметов Ильдар Рашит оглы",
            "фон Мекк Надежда Филаретовна": "фон Мекк Надежда Филаретовна",
            "Де Ла Круз Анна Ивановна": "Де Ла Круз Анна Ивановна",
            "нгуен ван хоа": "Нгуен Ван Хоа",
        }.items():
            with self.subTest(written=written):
                self.assertEqual(name_cases.clean_name(written), clean)

    def test_a_surname_of_several_words_is_split_from_the_first_name(self):
        for name, parts in {
            "Ван дер Берг Иван Петрович": ("Ван дер Берг", "Иван", "Петрович"),
            "ван Дейк Антон": ("ван Дейк", "Антон", ""),
            "Ван Иван Петрович": ("Ван", "Иван", "Петрович"),
            "Иванова (Петрова) Мария Ильинична": (
                "Иванова (Петрова)",
                "Мария",
                "Ильинична",
            ),
            "Ахметов Ильдар Рашит оглы": ("Ахметов", "Ильдар", "Рашит оглы"),
        }.items():
            with self.subTest(name=name):
                self.assertEqual(name_cases.split_name(name), parts)
        self.assertEqual(
            name_cases.short_name("Ван дер Берг Иван Петрович"), "И. П. Ван дер Берг"
        )

    def test_ones_own_name_is_the_full_one_or_surname_and_initials(self):
        name = "Семёнова-Ёлкина Анна Сергеевна"
        for typed in (
            name,
            "семенова-елкина  анна сергеевна",
            "Семёнова-Ёлкина А. С.",
            "А.С. Семёнова-Ёлкина",
        ):
            with self.subTest(typed=typed):
                self.assertTrue(name_cases.is_name_of(typed, name))
        self.assertTrue(name_cases.is_name_of("A. Sharova", "Anna Sharova"))
        for typed in ("Вася Пупкин", "Семёнова-Ёлкина", "Семёнова-Ёлкина В. С.", "."):
            with self.subTest(typed=typed):
                self.assertFalse(name_cases.is_name_of(typed, name))

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
