from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.addons.callcenter_ops.tools.imports.table_reader import read_content
from odoo.tests import BaseCase

from ...tools.bank import gift, moodle_xml, question_table
from ...tools.bank.question_file import CREDITS, KINDS, FileQuestion, Option
from ...tools.bank.short_answer import normalise

_SIGNS = "~=#{}:\\->|%[]&<>;\"'_$/.,!? абвёЯabcXYZ0123456789😀—«»"
_words = partial(st.text, alphabet=_SIGNS, min_size=1, max_size=20)


def _clean(text):
    return " ".join(text.split())


LINE = _words().map(_clean).filter(bool)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join) | st.lists(
    LINE, min_size=2, max_size=2
).map("\n\n".join)
NUMBER = st.decimals(-(10**9), 10**9, places=6, allow_nan=False).map(float)
SIZE = st.decimals(0, 10**6, places=3, allow_nan=False).map(float)


ANSWERS = st.lists(
    (LINE | LINE.map(lambda text: f"{text}*")).filter(normalise),
    min_size=1,
    max_size=4,
    unique_by=normalise,
).map(lambda texts: [Option(text, place < 2) for place, text in enumerate(texts)])


@st.composite
def questions(draw):
    """A question of any kind that a format may hold."""
    question = FileQuestion(
        0,
        draw(st.sampled_from(KINDS)),
        draw(TEXT),
        dialogue=draw(st.just("") | TEXT),
        key=draw(st.just("") | LINE),
        topic=draw(LINE.filter(lambda text: "/" not in text)),
        explanation=draw(st.just("") | TEXT),
        source=draw(st.just("") | LINE),
        weight=draw(st.sampled_from((1.0, 0.5, 3.0))),
        is_critical=draw(st.booleans()),
        credit=draw(st.sampled_from(CREDITS)),
    )
    if question.kind == "number":
        question.number, question.tolerance = draw(NUMBER), draw(SIZE)
        return question
    if question.kind == "short":
        question.typos = draw(st.integers(0, 2))
        question.options = draw(ANSWERS)
        return question
    texts = draw(
        st.lists(LINE, min_size=3, max_size=6, unique_by=lambda text: text.casefold())
    )
    question.options = [Option(text) for text in texts]
    if question.kind == "spoken":
        for option in question.options:
            option.points = draw(st.integers(1, 100))
    elif question.kind == "match":
        for option in question.options:
            option.prompt = draw(LINE)
    elif question.kind != "order":
        right = 1 if question.kind == "single" else draw(st.integers(1, len(texts) - 1))
        for option in question.options[:right]:
            option.is_right = True
    return question


class TestRoundTrip(BaseCase):
    """What is written to a file and read again is the same question."""

    def check(self, dump, parse, question):
        read, errors = parse(dump([question]))
        self.assertEqual([error.message for error in errors], [])
        read[0].line = 0
        self.assertEqual(read, [question])

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(questions())
    def test_gift(self, question):
        self.check(gift.dump, gift.parse, question)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(questions())
    def test_moodle_xml(self, question):
        self.check(moodle_xml.dump, moodle_xml.parse, question)

    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(questions())
    def test_a_table(self, question):
        def parse(content):
            return question_table.parse_table(content, read_content)

        self.check(question_table.dump_xlsx, parse, question)

    def test_digits_arrows_bars_and_paragraphs_come_back(self):
        pair = [Option("a -> b = c", prompt="x | y -> z"), Option("d", prompt="e\\")]
        for question in (
            FileQuestion(0, "number", "N?", topic="t", number=1234567, tolerance=0.1),
            FileQuestion(0, "match", "One\n\nTwo", topic="t", options=pair),
            FileQuestion(
                0, "single", r"C:\new", dialogue="A: hi\nB: ho", topic="t",
                options=[Option("%50% off", True), Option(r"C:\\x | y")],
            ),
        ):  # fmt: skip
            with self.subTest(stem=question.stem):
                self.check(gift.dump, gift.parse, question)
                self.check(moodle_xml.dump, moodle_xml.parse, question)
                self.check(
                    question_table.dump_xlsx,
                    lambda content: question_table.parse_table(content, read_content),
                    question,
                )
