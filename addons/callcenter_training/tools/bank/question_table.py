"""Questions as a table: one row a question, the customary way to write many."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from .question_file import (
    MAX_QUESTIONS,
    FileQuestion,
    LineError,
    Option,
    check_question,
    cut,
    guard,
    read_marking,
    read_number,
    write_criteria,
)

COLUMNS = (
    "topic", "kind", "question", "right", "wrong", "number", "tolerance",
    "explanation", "source", "critical", "weight", "key", "case",
    "typos", "credit", "difficulty", "feedback",
)  # fmt: skip
_SEPARATOR = "|"
_FAILED = re.compile(r"#(?:[A-ZА-Я/0]+[!?]|N/A|Н/Д)")
_YES = {"1", "yes", "да", "true", "x", "+"}
# What the most questions unpack to.
MAX_UNPACKED = 40 << 20


def parse_table(content, read_rows):
    """``(questions, errors)`` of a table in any of its formats.

    A row names the columns. ``right`` and ``wrong`` hold options set apart by a bar;
    in a match ``left = right``, in an order the right order; ``feedback`` says
    ``option = what is told to whoever chose it``.

    :param read_rows: reads rows of ``content`` within limits of bytes and rows, or
        raises a ValueError with a ``code``
    """
    try:
        rows = read_rows(content, MAX_UNPACKED, MAX_QUESTIONS + 1)
    except ValueError as error:
        return [], [_describe(error)]
    return parse_rows(rows)


def _describe(error):
    code = getattr(error, "code", "")
    if code == "too_large":
        return LineError(1, "The file unpacks to far more than questions need.")
    if code == "too_many_rows":
        return LineError(MAX_QUESTIONS + 2, "The table goes on from here: split it.")
    return LineError(1, "The file is no table or is damaged.")


def measure(content):
    """Bytes that a workbook unpacks to; 0 of what is none."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except BadZipFile:
        return 0


def parse_rows(rows):
    """``(questions, errors)`` of a list of rows, the head first."""
    questions, errors = [], []
    head = [cell.strip().lower() for cell in rows[0].cells] if rows else []
    missing = {"kind", "question"} - set(head)
    if missing:
        names = ", ".join(sorted(missing))
        text = "The first row must name the columns: %(names)s."
        return [], [LineError(1, text, names=names)]
    for table_row in rows[1:]:
        cells = map(str.strip, table_row.cells)
        row = dict(zip(head, cells, strict=False))
        try:
            _refuse_failed(table_row.line, row)
            question = _read_row(table_row.line, row)
            check_question(question)
            questions.append(question)
        except LineError as error:
            errors.append(error)
    return questions, errors


def _refuse_failed(line, row):
    """A cell whose formula has failed says nothing that could be asked."""
    for text in row.values():
        if _FAILED.fullmatch(text):
            raise LineError(line, "A formula has failed: “%(text)s”.", text=text)


def _read_row(line, row):
    question = FileQuestion(
        line=line,
        kind=row.get("kind", "").lower(),
        stem=row.get("question", ""),
        dialogue=row.get("case", ""),
        key=row.get("key", ""),
        topic=row.get("topic", ""),
        number=_number(line, row.get("number")),
        tolerance=_number(line, row.get("tolerance")),
        weight=_number(line, row.get("weight"), 1.0),
        explanation=row.get("explanation", ""),
        source=row.get("source", ""),
        is_critical=row.get("critical", "").lower() in _YES,
    )
    read_marking(question, row | {"criteria": row.get("right", "")})
    if question.kind == "spoken":
        return question
    right, wrong = _split(row.get("right")), _split(row.get("wrong"))
    if question.kind == "match":
        question.options = [_read_pair(line, text) for text in right]
    else:
        marked = question.kind != "order"
        question.options = [Option(text, marked) for text in right]
        question.options += [Option(text) for text in wrong]
    _read_feedback(question, row.get("feedback"))
    return question


def _read_feedback(question, text):
    pairs = [cut(part, "=", 1) for part in _split(text)]
    said = dict(pair for pair in pairs if len(pair) == 2)
    for option in question.options:
        option.feedback = said.get(option.text, "")


def _read_pair(line, text):
    prompt, *answers = cut(text, "=", 1)
    if not answers or not prompt or not answers[0]:
        raise LineError(line, "A pair is written left = right: “%(text)s”.", text=text)
    return Option(answers[0], prompt=prompt)


def _split(text):
    return [part for part in cut(text or "", _SEPARATOR) if part]


def _number(line, text, default=0.0):
    return read_number(line, text) if text else default


def dump_xlsx(questions):
    """A workbook of ``questions`` in the same columns; formulas stay text."""
    from xlsxwriter import Workbook

    stream = BytesIO()
    book = Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": 0}
    )
    sheet = book.add_worksheet("questions")
    sheet.write_row(0, 0, COLUMNS)
    for number, question in enumerate(questions, 1):
        sheet.write_row(number, 0, _row(question))
    book.close()
    return stream.getvalue()


def _join(options):
    return f" {_SEPARATOR} ".join(guard(text, _SEPARATOR) for text in options)


def _pair(left, right):
    return f"{guard(left, '=')} = {guard(right, '=')}"


def _row(question):
    if question.kind == "match":
        right = [_pair(option.prompt, option.text) for option in question.options]
        wrong = []
    else:
        ordered = question.kind == "order"
        right = [o.text for o in question.options if o.is_right or ordered]
        wrong = [o.text for o in question.options if not (o.is_right or ordered)]
    is_number = question.kind == "number"
    rubric = write_criteria(question) if question.kind == "spoken" else ""
    return [
        question.topic, question.kind, question.stem,
        rubric or _join(right), _join(wrong),
        question.number if is_number else None,
        question.tolerance if is_number else None,
        question.explanation, question.source, "1" if question.is_critical else "",
        question.weight, question.key, question.dialogue,
        question.typos or None, question.credit, question.difficulty,
        _join(_pair(o.text, o.feedback) for o in question.options if o.feedback),
    ]  # fmt: skip
