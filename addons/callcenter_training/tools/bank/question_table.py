"""Questions as a table: one row a question, the customary way to write many."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from .question_file import (
    MAX_QUESTIONS,
    FileQuestion,
    LineError,
    Option,
    check_question,
    read_number,
)

COLUMNS = (
    "topic", "kind", "question", "right", "wrong", "number", "tolerance",
    "explanation", "source", "critical", "weight", "key", "case",
)  # fmt: skip
_SEPARATOR = "|"
_YES = {"1", "yes", "да", "true", "x", "+"}
# What the most questions unpack to, and the columns that people add to ours.
MAX_UNPACKED = 40 << 20
_MAX_COLUMNS = 50
# What openpyxl and the unpacker raise at files cut off, locked or spoilt; the errors
# of both XML parsers are SyntaxErrors.
_SPOILT = (
    BadZipFile, EOFError, LookupError, NotImplementedError, OSError, RuntimeError,
    SyntaxError, ValueError, zlib.error,
)  # fmt: skip


def parse_xlsx(content):
    """``(questions, errors)`` of a workbook's first sheet.

    The first row names the columns. ``right`` and ``wrong`` hold options set apart by
    a bar; in a match ``left = right``, in an order the right order.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if measure(content) > MAX_UNPACKED:
        return [], [LineError(1, "The file unpacks to far more than questions need.")]
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = list(_read_rows(book.worksheets[0]))
    except (*_SPOILT, InvalidFileException):
        return [], [LineError(1, "The file is no XLSX workbook or is damaged.")]
    if len(rows) > MAX_QUESTIONS + 1:
        return [], [LineError(len(rows), "The table goes on from here: split it.")]
    return parse_rows(iter(rows))


def measure(content):
    """Bytes that a workbook unpacks to; 0 of what is none."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except BadZipFile:
        return 0


def _read_rows(sheet):
    # A sheet may state any size; only what is there is read, and no more than so much.
    sheet.reset_dimensions()
    most = MAX_QUESTIONS + 2
    return sheet.iter_rows(max_row=most, max_col=_MAX_COLUMNS, values_only=True)


def parse_rows(rows):
    """``(questions, errors)`` of an iterator of rows, the head first."""
    questions, errors = [], []
    head = [str(cell or "").strip().lower() for cell in next(iter(rows), ())]
    missing = {"kind", "question"} - set(head)
    if missing:
        names = ", ".join(sorted(missing))
        text = "The first row must name the columns: %(names)s."
        return [], [LineError(1, text, names=names)]
    for line, cells in enumerate(rows, 2):
        row = {
            name: str(cell).strip()
            for name, cell in zip(head, cells, strict=False)
            if cell is not None
        }
        if not any(row.values()):
            continue
        try:
            question = _read_row(line, row)
            check_question(question)
            questions.append(question)
        except LineError as error:
            errors.append(error)
    return questions, errors


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
    right, wrong = _split(row.get("right")), _split(row.get("wrong"))
    if question.kind == "match":
        question.options = [_read_pair(line, text) for text in right]
    else:
        marked = question.kind != "order"
        question.options = [Option(text, marked) for text in right]
        question.options += [Option(text) for text in wrong]
    return question


def _read_pair(line, text):
    prompt, sign, answer = text.partition("=")
    if not sign or not prompt.strip() or not answer.strip():
        raise LineError(line, "A pair is written left = right: “%(text)s”.", text=text)
    return Option(answer.strip(), prompt=prompt.strip())


def _split(text):
    return [part.strip() for part in (text or "").split(_SEPARATOR) if part.strip()]


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


def _row(question):
    if question.kind == "match":
        right = [f"{option.prompt} = {option.text}" for option in question.options]
        wrong = []
    else:
        ordered = question.kind == "order"
        right = [o.text for o in question.options if o.is_right or ordered]
        wrong = [o.text for o in question.options if not (o.is_right or ordered)]
    is_number = question.kind == "number"
    return [
        question.topic, question.kind, question.stem,
        f" {_SEPARATOR} ".join(right), f" {_SEPARATOR} ".join(wrong),
        question.number if is_number else None,
        question.tolerance if is_number else None,
        question.explanation, question.source, "1" if question.is_critical else "",
        question.weight, question.key, question.dialogue,
    ]  # fmt: skip
