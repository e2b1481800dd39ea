import base64
from io import BytesIO
from pathlib import Path

from odoo.addons.callcenter_ops.tools.imports.table_reader import read_content
from odoo.exceptions import AccessError
from odoo.tools.misc import file_path
from openpyxl import Workbook

from ...tools.bank import gift, giveaway, question_files
from ..common import TrainingCase

STARTER = "callcenter_training/data/bank/starter"
GIFT = """
$CATEGORY: labour_rules

// [id:k1]
One {=a ~b}

Two {=a

$CATEGORY: nowhere

Three {=a ~b}
"""


class TestQuestionImport(TrainingCase):
    def load(self, text, filename="q.gift", **vals):
        content = text if isinstance(text, bytes) else text.encode()
        wizard = (
            self.env["callcenter.question.import"]
            .with_user(self.users["trainer"])
            .create(
                {
                    "content": base64.b64encode(content),
                    "filename": filename,
                    **vals,
                }
            )
        )
        wizard.action_import()
        return wizard

    def test_the_good_ones_are_loaded_and_the_others_named_by_line(self):
        wizard = self.load(GIFT)
        self.assertEqual((wizard.created_count, wizard.error_count), (1, 2))
        self.assertEqual(
            wizard.errors.splitlines(),
            [
                "Line 7: The answer is not closed: } is missing.",
                "Line 11: There is no topic “nowhere”.",
            ],
        )
        question = self.env["callcenter.question"].search([("external_key", "=", "k1")])
        self.assertEqual(
            (question.state, question.topic_id.code), ("draft", "labour_rules")
        )

    def test_what_questions_lose_is_told_by_line_and_counts_as_no_fault(self):
        wizard = self.load("$CATEGORY: labour_rules\n\n// [tag:hard]\nA {=a ~%-50%b}")
        self.assertEqual((wizard.created_count, wizard.error_count), (1, 0))
        self.assertEqual(
            wizard.left_out.splitlines(),
            [
                "Line 4: Minus marks are not kept: a wrong option brings nothing.",
                "Line 4: The tag “hard” is not kept.",
            ],
        )

    def test_all_or_nothing_loads_nothing(self):
        for text in (GIFT, GIFT.replace("Two {=a\n", "")):
            wizard = self.load(text, policy="all")
            self.assertEqual(wizard.created_count, 0)
        self.assertFalse(
            self.env["callcenter.question"].search([("external_key", "=", "k1")])
        )

    def test_the_same_file_twice_changes_nothing(self):
        self.load(GIFT)
        wizard = self.load(GIFT)
        self.assertEqual((wizard.created_count, wizard.skipped_count), (0, 1))

    def test_a_question_without_a_key_comes_once_whatever_file_it_comes_in(self):
        text = "$CATEGORY: labour_rules\n\nКак? {=так ~эдак}\n\nКак? {~эдак =так}\n"
        wizard = self.load(text)
        self.assertEqual((wizard.created_count, wizard.skipped_count), (1, 1))
        wizard = self.load(text)
        self.assertEqual((wizard.created_count, wizard.skipped_count), (0, 2))
        wizard = self.load(text.replace("~эдак", "~иначе"))
        self.assertEqual((wizard.created_count, wizard.skipped_count), (1, 1))

    def test_an_explanation_keeps_its_paragraphs_and_its_signs(self):
        text = (
            "$CATEGORY: labour_rules\n\n"
            r"// [id:k9]"
            "\n"
            r"Q {=a ~b ####A < b\n\nC & d}"
        )
        self.load(text)
        question = self.env["callcenter.question"].search([("external_key", "=", "k9")])
        self.assertEqual(question._to_file().explanation, "A < b\n\nC & d")

    def test_a_file_in_the_windows_code_page_is_read(self):
        text = "$CATEGORY: labour_rules\n\n// [id:k2]\nСколько? {=два ~три}\n"
        self.assertEqual(self.load(text.encode("cp1251")).created_count, 1)
        question = self.env["callcenter.question"].search([("external_key", "=", "k2")])
        self.assertEqual(question.stem, "Сколько?")

    def test_nonsense_is_refused_in_words(self):
        for content, filename, told in (
            (b"PK\x03\x04", "q.xlsx", "no table"),
            (b"\x00\x98\xff\x98", "q.gift", "no text"),
            (b"<quiz><question", "q.xml", "broken off"),
            (b"   ", "q.gift", "empty"),
            (b"\xff\xfe\x00", "q.gift", "cut off"),
        ):
            with self.subTest(filename=filename, told=told):
                wizard = self.load(content, filename)
                self.assertEqual((wizard.created_count, wizard.error_count), (0, 1))
                self.assertIn(told, wizard.errors)

    def test_one_impossible_row_does_not_take_the_good_ones_along(self):
        head = ["topic", "kind", "question", "number", "weight", "key"]
        rows = [
            ["labour_rules", "number", "Good?", 4, 1, "k7"],
            ["labour_rules", "number", "Bad?", 4, -1, "k8"],
        ]
        book = Workbook()
        for row in [head, *rows]:
            book.active.append(row)
        stream = BytesIO()
        book.save(stream)
        wizard = self.load(stream.getvalue(), "q.xlsx")
        self.assertEqual((wizard.created_count, wizard.error_count), (1, 1))
        self.assertEqual(wizard.errors, "Line 3: The weight must be more than zero.")

    def test_ten_thousand_errors_are_counted_and_a_thousand_shown(self):
        wizard = self.load("\n\n".join(f"Q{n} {{}}" for n in range(10_000)))
        self.assertEqual(wizard.error_count, 10_000)
        self.assertEqual(len(wizard.errors.splitlines()), 1000)

    def test_the_starter_bank_has_twenty_questions_a_topic_and_all_are_ready(self):
        topics = (
            "communication", "phone_etiquette", "sales_techniques", "labour_rules",
            "labour_safety", "fire_safety", "sanitation", "computer", "sales_software",
            "office_equipment", "assortment",
        )  # fmt: skip
        for code in topics:
            questions = self.read_starter(code)
            self.assertGreaterEqual(len(questions), 20, code)
            for question in questions:
                self.assertTrue(question.explanation, question.key)
                self.assertTrue(question.source, question.key)
            ready = self.env["callcenter.question"].search(
                [
                    ("external_key", "in", [question.key for question in questions]),
                    ("state", "=", "ready"),
                ]
            )
            self.assertEqual(len(ready), len(questions))

    def test_no_question_of_the_starter_bank_gives_its_answer_away(self):
        for path in sorted(Path(file_path(STARTER)).glob("*.gift")):
            for question in self.read_starter(path.stem):
                if question.kind in ("single", "multiple"):
                    right = [n for n, o in enumerate(question.options) if o.is_right]
                    texts = [option.text for option in question.options]
                    told = giveaway.tells(question.stem, texts, right)
                    self.assertFalse(told, question)

    def test_common_misbeliefs_of_the_starter_bank_are_answered(self):
        commented = [
            option
            for path in sorted(Path(file_path(STARTER)).glob("*.gift"))
            for question in self.read_starter(path.stem)
            for option in question.options
            if option.feedback
        ]
        self.assertGreaterEqual(len(commented), 80)
        self.assertFalse([option for option in commented if option.is_right])

    def read_starter(self, code):
        """The questions of one shipped file, as it is read."""
        content = Path(file_path(f"{STARTER}/{code}.gift")).read_bytes()
        questions, errors = question_files.read(f"{code}.gift", content)
        self.assertEqual(errors, [])
        return questions

    def test_the_longest_option_of_the_starter_bank_is_seldom_the_right_one(self):
        """Who knows nothing and takes the longest of four should be right by chance."""
        questions = self.env["callcenter.question"].search(
            [
                ("external_key", "=like", "starter-%"),
                ("kind", "=", "single"),
                ("state", "=", "ready"),
            ]
        )
        given_away = 0
        for question in questions:
            right, *wrong = question.option_ids.sorted("is_right", reverse=True)
            longest = max(len(option.text) for option in wrong)
            given_away += len(right.text) > longest
        self.assertGreaterEqual(len(questions), 60)
        self.assertLessEqual(given_away / len(questions), 0.3)

    def test_the_bank_comes_back_from_its_own_export(self):
        bank = self.env["callcenter.question"].search(
            [("external_key", "=like", "starter-%")]
        )
        told = [question._to_file() for question in bank.sorted("topic_id")]
        for file_format in ("gift", "xml", "xlsx"):
            filename, content = question_files.write(told, file_format)
            read, errors = question_files.read(filename, content, read_content)
            self.assertEqual([e.message for e in errors], [], file_format)
            for question in read:
                question.line = 0
            if file_format == "gift":  # GIFT has one stem and no weight
                read, told_here = [gift.dump(read)], [gift.dump(told)]
            else:
                told_here = told
            self.assertEqual(read, told_here, file_format)

    def test_only_trainers_import_and_export(self):
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            for model in ("callcenter.question.import", "callcenter.question.export"):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    self.env[model].with_user(self.users[role]).create({})
