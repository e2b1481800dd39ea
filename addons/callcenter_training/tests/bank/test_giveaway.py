from odoo.tests import BaseCase

from ...tools.bank import giveaway


class TestGiveaway(BaseCase):
    def shares(self, one, other):
        return bool(giveaway.count_shared(giveaway.read(one), giveaway.read(other)))

    def test_words_roots_numbers_and_initials_are_shared_in_either_alphabet(self):
        for one, other in (
            ("Палки лыжные", "Лыжи"), ("Гиря", "Гантели и гири"), ("Мяч", "Мячи"),
            ("Велотренажёр", "Тренажёры"), ("Шлем велосипедный", "Велосипеды"),
            ("Ракетка для бадминтона", "Бадминтон"), ("Skis RS", "Ski"),
            ("Лыжи Фишер", "Fischer"), ("Палатка 3-местная", "3 места"),
            ("TP-0001", "Туризм / Палатки"), ("Костюм XL", "XL"),
            ("Ball 003", "B003"),
        ):  # fmt: skip
            with self.subTest(one=one, other=other):
                self.assertTrue(self.shares(one, other))
                self.assertTrue(self.shares(other, one))

    def test_what_only_looks_alike_is_not_shared(self):
        for one, other in (
            ("Термобельё", "белый"), ("Кремень", "красный"), ("Старт", "Страйд"),
            ("Для детей", "Лыжи для взрослых"), ("Самокат", "Коньки"),
            ("LZ-0001", "Палки лыжные"), ("Мяч", "матч"),
            ("Лайт 100", "4\u00a0100 ₽"),
        ):  # fmt: skip
            with self.subTest(one=one, other=other):
                self.assertFalse(self.shares(one, other))

    def test_the_answer_is_hidden_in_the_name_and_the_code_names_the_product(self):
        name, code = "Палки лыжные Вертум «Юниор 100»", "LP-0003"
        self.assertEqual(
            giveaway.name_product(name, code, ["Вертум"]),
            "Палки лыжные … «Юниор 100» [LP-0003]",
        )
        self.assertEqual(
            giveaway.name_product(name, code, ["синий"]), f"{name} [{code}]"
        )
        self.assertIsNone(giveaway.name_product(name, False, ["Вертум"]))

    def test_a_code_of_the_answers_initials_is_not_shown(self):
        truths = ["Туризм / Шатры"]
        self.assertEqual(
            giveaway.name_product("Палатка «Про»", "TS-1", truths), "Палатка «Про»"
        )
        self.assertIsNone(giveaway.name_product("Шатёр «Про»", "TS-1", truths))

    def test_a_name_of_which_nothing_remains_is_not_asked(self):
        self.assertIsNone(giveaway.name_product("Лыжи", "A-1", ["Лыжи"]))

    def test_a_question_tells_where_the_right_options_alone_repeat_it(self):
        stem = "Какого бренда товар Палки Вертум?"
        self.assertTrue(giveaway.tells(stem, ["Вертум", "Ольха"], [0]))
        self.assertFalse(giveaway.tells(stem, ["Вертум", "Ольха"], [1]))
        self.assertFalse(giveaway.tells("Кто?", ["Вертум", "Ольха"], [0]))
        both = ["Палки Ольха", "Палки Грань"]
        self.assertFalse(giveaway.tells("Какие палки?", both, [0]))
