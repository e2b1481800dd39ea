import ast
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from odoo.addons.callcenter_ops.tools.imports.table_reader import TableRow, read_content
from odoo.tests import BaseCase
from openpyxl import load_workbook

from ...models.bank.question_fault import FAULTS
from ...tools.bank import aiken, gift, moodle_xml, question_table
from ...tools.bank.question_file import FileQuestion, LineError, Option, decode

NO_RUBRIC = "An essay is rated by a person: it needs criteria with their points."
GOOD = """
$CATEGORY: top/phone

// [id:a1] [tag:critical] [tag:source=Code]
::A:: How many\\: two \\{sic\\}? {
=two #yes
~three
####Because.
}

::B:: Several {~%50%a ~%50%b ~%-100%c}

Number {#8:0.5}

Range {#1..3}

Pairs {=cat -> meow =dog -> bark}

True {T}

Order {>ALL
one
two
three
}
"""


def build_all_kinds():
    return [
        FileQuestion(
            0, "single", "Is 2 {x} = ~3?", key="k1", topic="a", is_critical=True,
            source="Code, 5", explanation="Two\\three.",
            options=[Option("yes: #1", True), Option("<b>no</b> & =", False)],
        ),
        FileQuestion(
            0, "multiple", "Several", topic="a",
            options=[Option("a", True), Option("b", True), Option("c")],
        ),
        FileQuestion(0, "number", "How many?", topic="b", number=8.5, tolerance=0.25),
        FileQuestion(
            0, "order", "Order", topic="b",
            options=[Option("one"), Option("two"), Option("three")],
        ),
        FileQuestion(
            0, "match", "Pairs", topic="b",
            options=[Option("meow", prompt="cat"), Option("bark", prompt="dog")],
        ),
    ]  # fmt: skip


def parse_table(content):
    return question_table.parse_table(content, read_content)


def table(*rows):
    return [
        TableRow(line, tuple(map(str, cells))) for line, cells in enumerate(rows, 1)
    ]


def cut_inside(workbook, name):
    """The workbook with one of its parts cut in half."""
    stream = BytesIO()
    with ZipFile(BytesIO(workbook)) as whole, ZipFile(stream, "w") as spoilt:
        for part in whole.namelist():
            content = whole.read(part)
            cut = len(content) // 2 if part == name else None
            spoilt.writestr(part, content[:cut])
    return stream.getvalue()


def told_by_readers():
    """Every sentence that the readers of question files may say."""
    folder = Path(gift.__file__).parent
    told = set()
    for name in ("gift", "moodle_xml", "question_file", "question_table"):
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if text.endswith(".") and text[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ“":
                    told.add(text)
    return told - docstrings(folder)


def docstrings(folder):
    found = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            body = getattr(node, "body", None)
            if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
                found.add(getattr(body[0].value, "value", None))
    return found


class TestQuestionFiles(BaseCase):
    def read(self, parse, content):
        questions, errors = parse(content)
        self.assertEqual([error.message for error in errors], [])
        for question in questions:
            question.line = 0
        return questions

    def errors(self, parse, content):
        return [(error.line, error.message) for error in parse(content)[1]]

    def test_gift_is_read(self):
        questions = self.read(gift.parse, GOOD)
        kinds = [question.kind for question in questions]
        self.assertEqual(
            kinds,
            ["single", "multiple", "number", "number", "match", "single", "order"],
        )
        first = questions[0]
        self.assertEqual(first.stem, "How many: two {sic}?")
        self.assertEqual((first.key, first.topic), ("a1", "phone"))
        self.assertEqual((first.is_critical, first.source), (True, "Code"))
        self.assertEqual(first.explanation, "Because.")
        self.assertEqual(
            [(o.text, o.is_right, o.feedback) for o in first.options],
            [("two", True, "yes"), ("three", False, "")],
        )
        self.assertEqual((questions[3].number, questions[3].tolerance), (2.0, 1.0))

    def test_gift_errors_name_their_lines_and_the_rest_is_read(self):
        text = (
            "Good {=a ~b}\n\nOpen {=a ~b\n\nEssay {}\n\nPart {=a =%50%b}\n\nX {=a ~a}\n"
        )
        questions, errors = gift.parse(text)
        self.assertEqual([question.stem for question in questions], ["Good"])
        self.assertEqual(
            [(error.line, error.message) for error in errors],
            [
                (3, "The answer is not closed: } is missing."),
                (5, NO_RUBRIC),
                (7, "Part marks cannot be kept: an option is right or wrong."),
                (9, "An option is empty or comes twice."),
            ],
        )

    def test_every_kind_comes_back_from_every_format(self):
        formats = (
            (gift.dump, gift.parse),
            (moodle_xml.dump, moodle_xml.parse),
            (question_table.dump_xlsx, parse_table),
        )
        for dump, parse in formats:
            with self.subTest(format=dump.__module__):
                self.assertEqual(
                    self.read(parse, dump(build_all_kinds())), build_all_kinds()
                )

    def test_a_formula_in_a_question_stays_text_in_the_workbook(self):
        question = build_all_kinds()[0]
        question.stem = '=HYPERLINK("http://example.invalid";"Ball")'
        question.explanation = "+1+1"
        book = load_workbook(BytesIO(question_table.dump_xlsx([question])))
        cells = {cell.value: cell.data_type for cell in book.active[2]}
        self.assertEqual(cells[question.stem], "s")
        self.assertEqual(cells["+1+1"], "s")

    def test_what_cannot_be_kept_is_named_by_its_line(self):
        parts = "Part marks cannot be kept: an option is right or wrong."
        picture = "A picture or a sound belongs to the question: it cannot be kept."
        one = "A number has exactly one right answer."
        for text, told in (
            ("Q {~%50%почти =точно}", parts),
            ("Q {~%70%a ~%30%b ~c}", parts),
            ("Q {=%50%a ~b}", parts),
            ("Q {=a =b ~c}", "Exactly one option must be right, 2 are."),
            ("Q {#=8:0.5 =%50%9:1}", one),
            ("Q [html]<p>x</p> {=a ~b}", None),
            ('[html]<p>x <img src="a.png"></p> {=a ~b}', picture),
        ):
            with self.subTest(text=text):
                told = [] if told is None else [(1, told)]
                self.assertEqual(self.errors(gift.parse, text), told)
        answer = '<answer fraction="%s"><text>%s</text></answer>'
        for kind, answers, extra, told in (
            ("numerical", (("100", "8"), ("0.0000000", "9")), "", None),
            ("numerical", (("100", "8"), ("50", "9")), "", one),
            ("multichoice", (("100", "a"), ("50", "b"), ("0", "c")), "", parts),
            (
                "multichoice", (("100", "a"), ("0", "b")),
                '<questiontext format="html"><text>q</text>'
                '<file name="a.png" encoding="base64">QQ==</file></questiontext>',
                picture,
            ),
            (
                "matching", (), "<subquestion><text></text><answer><text>x</text>"
                "</answer></subquestion>",
                "An answer that belongs to nothing cannot be kept.",
            ),
        ):  # fmt: skip
            stem = "<questiontext><text>q</text></questiontext>"
            inside = (extra if "questiontext" in extra else stem + extra) + "".join(
                answer % pair for pair in answers
            )
            text = f'<quiz><question type="{kind}">{inside}</question></quiz>'
            with self.subTest(kind=kind, answers=answers):
                told = [] if told is None else [(1, told)]
                self.assertEqual(self.errors(moodle_xml.parse, text), told)

    def test_what_is_taken_without_a_part_names_the_part_by_its_line(self):
        head = '<quiz>\n<question type="multichoice"><questiontext><text>A</text>'
        head += "</questiontext><single>true</single>\n"
        options = (
            '<answer fraction="100"><text>a</text></answer>\n'
            '<answer fraction="%s"><text>b</text></answer>\n'
        )
        number = head.replace("multichoice", "numerical").replace("true", "")
        right = '<answer fraction="100"><text>5</text></answer>\n'
        end = "</question></quiz>"
        for parse, content, line, words in (
            (moodle_xml.parse,
                f"{head}{options % 0}<hint><text>Think</text></hint>{end}",
                5, "The hint"),
            (moodle_xml.parse, f"{head}{options % 0}<penalty>0.5</penalty>{end}",
                5, "The penalty"),
            (moodle_xml.parse, f"{head}{options % -50}{end}", 2, "Minus marks"),
            (moodle_xml.parse,
                f"{head}{options % 0}<incorrectfeedback><text>Oh</text>"
                f"</incorrectfeedback>{end}", 5, "said after any answer"),
            (moodle_xml.parse,
                f"{head}{options % 0}<tags><tag><text>hard</text></tag></tags>{end}",
                5, "“hard”"),
            (moodle_xml.parse,
                f'{number}{right}<answer fraction="0"><text>*</text></answer>{end}',
                4, "only the right answer"),
            (moodle_xml.parse,
                f"{number}{right}<units><unit><unit_name>kg</unit_name></unit></units>"
                f"{end}", 2, "Units"),
            (gift.parse, "// [tag:hard]\nA {=a ~b}", 2, "“hard”"),
            (gift.parse, "A {=a ~%-50%b}", 1, "Minus marks"),
            (gift.parse, "A {=a -> b\n=c -> d #well}", 1, "said to a pair"),
        ):  # fmt: skip
            with self.subTest(content):
                (question,) = self.read(parse, content)
                (left_out,) = question.left_out
                self.assertEqual(left_out.line, line)
                self.assertIn(words, left_out.message)

    def test_what_every_moodle_writes_into_its_files_is_no_loss(self):
        (question,) = self.read(
            moodle_xml.parse,
            '<quiz><question type="multichoice"><name><text>1</text></name>'
            "<questiontext><text>A</text></questiontext><single>true</single>"
            "<penalty>0.3333333</penalty><correctfeedback>"
            "<text>Ваш ответ верный.</text></correctfeedback>"
            '<answer fraction="100"><text>a</text></answer>'
            '<answer fraction="0"><text>b</text></answer></question></quiz>',
        )
        self.assertFalse(question.left_out)

    def test_what_gift_says_to_true_and_false_is_kept(self):
        (question,) = self.read(gift.parse, "A {T#Not so#Right}")
        said = {(one.text, one.is_right, one.feedback) for one in question.options}
        self.assertEqual(said, {("Верно", True, "Right"), ("Неверно", False, "Not so")})

    def test_a_text_with_markup_is_read_without_it(self):
        (question,) = self.read(
            gift.parse, "[html]<p>One &amp; two</p><p>three</p> {=<b>a</b> ~b}"
        )
        self.assertEqual(question.stem, "One & two\nthree")
        self.assertEqual(question.options[0].text, "a")

    def test_aiken_is_read(self):
        text = (
            "What is round?\nA. a ball\nB) a net\nANSWER: A\n\n"
            "What is none?\nA. x\nB. y\nANSWER: C\n"
        )
        self.assertTrue(aiken.is_aiken(text))
        questions, errors = aiken.parse(text)
        self.assertEqual(
            [(option.text, option.is_right) for option in questions[0].options],
            [("a ball", True), ("a net", False)],
        )
        self.assertEqual(
            [(error.line, error.message) for error in errors],
            [(6, "The question names no right answer.")],
        )

    def test_xml_with_a_document_type_is_refused(self):
        bomb = '<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "aaaa">]>\n<quiz/>'
        self.assertEqual(
            self.errors(moodle_xml.parse, bomb),
            [(2, "A document type is not allowed here.")],
        )

    def test_xml_cut_off_keeps_what_came_before(self):
        whole = moodle_xml.dump(build_all_kinds())
        questions, errors = moodle_xml.parse(whole[: len(whole) // 2])
        self.assertTrue(questions)
        self.assertEqual(len(errors), 1)
        self.assertIn("broken off", errors[0].message)

    def test_xml_of_a_type_that_nobody_marks_here_is_refused_by_name(self):
        text = (
            '<quiz>\n<question type="ddimageortext"><questiontext><text>x</text>'
            "</questiontext></question>\n</quiz>"
        )
        self.assertEqual(
            self.errors(moodle_xml.parse, text),
            [(2, "Questions of type “ddimageortext” cannot be marked here.")],
        )

    def test_an_essay_without_criteria_is_refused(self):
        text = (
            '<quiz>\n<question type="essay"><questiontext><text>x</text>'
            "</questiontext></question>\n</quiz>"
        )
        self.assertEqual(
            self.errors(moodle_xml.parse, text),
            [(2, NO_RUBRIC)],
        )

    def test_a_table_without_its_columns_is_refused(self):
        rows = table(("a", "b"), ("1", "2"))
        self.assertEqual(
            self.errors(question_table.parse_rows, rows),
            [(1, "The first row must name the columns: kind, question.")],
        )

    def test_a_table_of_ten_thousand_errors_names_every_line(self):
        head = [("kind", "question", "right")]
        rows = table(*head, *[("single", f"Q{n}", "a") for n in range(10_000)])
        errors = self.errors(question_table.parse_rows, rows)
        self.assertEqual(len(errors), 10_000)
        self.assertEqual(errors[-1][0], 10_001)

    def test_no_workbook_is_said_so(self):
        for content in (b"", b"PK\x03\x04cut"):
            self.assertEqual(
                self.errors(parse_table, content),
                [(1, "The file is no table or is damaged.")],
            )

    def test_a_workbook_spoilt_inside_is_said_so(self):
        whole = question_table.dump_xlsx(build_all_kinds())
        for name in ("xl/workbook.xml", "xl/sharedStrings.xml"):
            with self.subTest(name=name):
                self.assertEqual(
                    self.errors(parse_table, cut_inside(whole, name)),
                    [(1, "The file is no table or is damaged.")],
                )

    def test_what_is_no_finite_number_is_refused_everywhere(self):
        head = ("kind", "question", "number", "tolerance", "weight")
        for row, told in (
            (("number", "Q", "nan", 0, 1), "“nan” is no number."),
            (("number", "Q", "1e999", 0, 1), "“1e999” is no number."),
            (("number", "Q", 1, -5, 1), "The range runs backwards."),
            (("number", "Q", 1, 0, -1), "The weight must be more than zero."),
        ):
            with self.subTest(row=row):
                self.assertEqual(
                    self.errors(question_table.parse_rows, table(head, row)),
                    [(2, told)],
                )
        for text in ("Q {#inf:1}", "Q {#1:nan}", "Q {~%1.2.3%a ~b}"):
            with self.subTest(text=text):
                self.assertIn("is no number", self.errors(gift.parse, text)[0][1])

    def test_every_message_of_the_readers_is_known_to_the_translation(self):
        known = {fault._source for fault in FAULTS}
        self.assertEqual(told_by_readers() - known, set())

    def test_text_in_the_windows_code_page_is_read(self):
        self.assertEqual(decode("Мяч".encode("cp1251")), "Мяч")
        self.assertEqual(decode("Мяч".encode("utf-8-sig")), "Мяч")
        self.assertEqual(decode("Мяч".encode("utf-16")), "Мяч")
        for content in (b"\x98\x98\xff", b"a\0b"):
            with self.assertRaises(LineError):
                decode(content)
