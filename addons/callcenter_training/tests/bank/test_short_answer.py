from odoo.tests import BaseCase

from ...tools.bank import short_answer


class TestShortAnswer(BaseCase):
    """When a typed answer says what is right."""

    def says(self, answer, given, typos=0):
        key = {"answers": [[answer, True]], "typos": typos}
        return short_answer.fraction(key, given) == 1.0

    def test_case_yo_spaces_and_punctuation_do_not_count(self):
        for given in (
            "мембрана", "МЕМБРАНА", "  Мембрана.", "«мембрана»",
            "мемб рана", "мембрана!",
        ):  # fmt: skip
            self.assertTrue(self.says("Мембрана", given), given)
        self.assertTrue(self.says("жёсткость", "Жесткость"))
        self.assertTrue(self.says("СМС-рассылка", "смс рассылка"))
        self.assertFalse(self.says("Мембрана", "мембраны"))

    def test_letters_of_two_keyboards_that_look_alike_are_one(self):
        self.assertTrue(self.says("Т-1", "T-1"))
        self.assertTrue(self.says("КОМЕТА", "KOMETA"))

    def test_what_makes_another_answer_counts(self):
        self.assertTrue(self.says("1,5", "1.5"))
        self.assertFalse(self.says("1,5", "15"))
        self.assertFalse(self.says("-5", "5"))
        self.assertFalse(self.says("5 %", "5"))
        self.assertTrue(self.says("C++", "с++"))
        self.assertFalse(self.says("C++", "c"))

    def test_several_answers_are_right_and_one_named_wrong_stays_wrong(self):
        key = {
            "answers": [
                ["крепление", True],
                ["фиксатор", True],
                ["прикрепление", False],
            ],
            "typos": 2,
        }
        for given, earned in (
            ("Фиксатор", 1.0), ("креплене", 1.0), ("прикрепление", 0.0),
            ("прикреплене", 0.0), ("ботинок", 0.0), ("???", 0.0),
        ):  # fmt: skip
            self.assertEqual(short_answer.fraction(key, given), earned, given)

    def test_typos_are_forgiven_as_far_as_the_question_says(self):
        self.assertFalse(self.says("крепление", "крипление"))
        self.assertTrue(self.says("крепление", "крипление", 1))
        self.assertTrue(self.says("крепление", "крепелние", 1), "neighbours swapped")
        self.assertTrue(self.says("крепление", "креплене", 1), "one left out")
        self.assertFalse(self.says("крепление", "криплене", 1))
        self.assertTrue(self.says("крепление", "криплене", 2))

    def test_neither_a_short_word_nor_a_number_has_typos(self):
        self.assertFalse(self.says("кант", "кент", 2))
        self.assertFalse(self.says("статья 71", "статья 72", 2))
        self.assertFalse(self.says("13 месяцев", "12 месяцев", 1))

    def test_what_says_nothing_is_no_answer(self):
        self.assertEqual(short_answer.normalise(" —…! "), "")
