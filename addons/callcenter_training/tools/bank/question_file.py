"""What the readers of question files share: one shape, one kind of error."""

import math
import re
from dataclasses import dataclass, field
from html import unescape

from .short_answer import normalise

KINDS = ("single", "multiple", "number", "short", "order", "match", "spoken")
DIFFICULTIES = ("easy", "medium", "hard")
CREDITS = ("part", "whole")
# What of its marking a question tells by tags.
MARKING = ("criteria", "typos", "credit")
MAX_BYTES = 20 * 1024 * 1024
MAX_QUESTIONS = 20_000
# Characters of one question with all its options.
MAX_QUESTION = 100_000
_PICTURE = re.compile(r"<(?:img|audio|video|object|embed)\b", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"</p>\s*<p[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>")
# Three right options are worth 33.33333 each.
_SHARE_NOISE = 0.01
_ANY_TEXT = re.compile(r"(?<!\\)\*")


@dataclass
class Option:
    text: str
    is_right: bool = False
    prompt: str = ""
    feedback: str = ""
    points: int = 1


@dataclass
class FileQuestion:
    """One question of a file, as every format tells it."""

    line: int
    kind: str = "single"
    stem: str = ""
    dialogue: str = ""
    key: str = ""
    topic: str = ""
    options: list = field(default_factory=list)
    number: float = 0.0
    tolerance: float = 0.0
    typos: int = 0
    credit: str = "part"
    explanation: str = ""
    source: str = ""
    weight: float = 1.0
    is_critical: bool = False
    difficulty: str = "medium"
    # ``LineError`` of what the file says and the question does not hold.
    left_out: list = field(default_factory=list, compare=False)

    def leave_out(self, line, text, /, **values):
        """Name what is not kept, by its line."""
        self.left_out.append(LineError(line, text, **values))


class LineError(Exception):
    """A fault in a file, at a line that a person can find.

    ``text`` with ``values`` filled in is the English ``message``; the two stay apart
    so that the text can be translated.
    """

    def __init__(self, line, text, /, **values):
        self.line, self.text, self.values = line, text, values
        self.message = text % values if values else text
        super().__init__(self.message)


def decode(content):
    """Text of a file in UTF-8, UTF-16 or the Windows Cyrillic code page.

    :raise LineError: when it is none of them
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="strict")
    text = _try_decode(content, "utf-8-sig")
    text = _try_decode(content, "cp1251") if text is None else text
    if text is None or "\0" in text:
        raise LineError(1, "The file is no text in UTF-8, UTF-16 or Windows-1251.")
    return text


def _try_decode(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def check_size(content):
    """Refuse what no question file is."""
    if len(content) > MAX_BYTES:
        raise LineError(1, "The file is larger than 20 MB.")
    if not content.strip():
        raise LineError(1, "The file is empty.")


def check_count(count):
    """Refuse more questions than one file may bring, before they are read."""
    if count > MAX_QUESTIONS:
        raise LineError(
            1, "The file holds more than %(limit)s questions: split it.",
            limit=MAX_QUESTIONS,
        )  # fmt: skip


def read_number(line, text):
    """A finite number written with a point or a comma.

    :raise LineError: when it is none
    """
    try:
        number = float(text.strip().replace(",", ".").replace("\xa0", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise LineError(line, "“%(text)s” is no number.", text=text.strip())
    return number


def write_number(number):
    """A number with all its digits, and no others: ``1234567``, ``0.5``."""
    return str(int(number)) if float(number).is_integer() else repr(float(number))


def read_difficulty(line, text):
    """A mark of difficulty; nothing is ``medium``.

    :raise LineError: when there is no such mark
    """
    text = text.strip().lower()
    if text and text not in DIFFICULTIES:
        raise LineError(line, "Unknown difficulty: %(text)s.", text=text)
    return text or "medium"


def to_plain(line, text, is_html=True):
    """Text without markup: what is asked here is text, whatever the file holds.

    :raise LineError: when a picture belongs to it, which cannot be kept
    """
    if is_html:
        if _PICTURE.search(text):
            raise LineError(
                line, "A picture or a sound belongs to the question: it cannot be kept."
            )
        text = _BREAK.sub("\n", text)
        text = re.sub(r"[ \t]*\n\s*", "\n", _MARKUP.sub("", text))
    return unescape(text).strip()


def from_html(text):
    """A formatted text as plain text, its paragraphs kept apart by an empty line."""
    text = _BREAK.sub("\n", _PARAGRAPHS.sub("\n\n", text))
    return unescape(_MARKUP.sub("", text)).strip()


def set_choice(question, shares, is_multiple):
    """Mark the right options by their shares of the mark, in percent.

    Right is right here and wrong is wrong: part marks for an option that is not the
    right one, or right options of different worth, cannot be kept.

    :raise LineError: naming what cannot be kept
    """
    right = [share for share in shares if share > 0]
    whole = 100 / len(right) if is_multiple and right else 100
    if any(abs(share - whole) > _SHARE_NOISE for share in right):
        raise LineError(
            question.line,
            "Part marks cannot be kept: an option is right or wrong.",
        )
    if not is_multiple and any(share < 0 for share in shares):
        question.leave_out(
            question.line, "Minus marks are not kept: a wrong option brings nothing."
        )
    for option, share in zip(question.options, shares, strict=True):
        option.is_right = share > 0
    question.kind = "multiple" if is_multiple else "single"


def write_case(question):
    """``(text, lines)``: the case and the question in one, and how many are the case.

    Formats that know no case hold it above the question; a tag says where it ends.
    """
    if not question.dialogue:
        return question.stem, 0
    lines = question.dialogue.count("\n") + 1
    return f"{question.dialogue}\n{question.stem}", lines


def read_case(question, lines):
    """The opposite: take the case out of the text of the question."""
    parts = question.stem.split("\n")
    if lines.isdecimal() and 0 < int(lines) < len(parts):
        question.dialogue = "\n".join(parts[: int(lines)])
        question.stem = "\n".join(parts[int(lines) :])


def split_category(path):
    """The last name of a path of categories; two slashes are one of a name."""
    return re.split(r"(?<!/)/(?!/)", path.strip())[-1].replace("//", "/")


def write_category(name):
    return name.replace("/", "//")


def set_answers(question, shares):
    """Mark the accepted answers of a short question by their shares, in percent.

    An asterisk stands for any text in such files: one that is worth nothing goes, any
    other cannot be kept.
    """
    question.kind, kept = "short", []
    for option, share in zip(question.options, shares, strict=True):
        if abs(share) > _SHARE_NOISE and abs(share - 100) > _SHARE_NOISE:
            raise LineError(
                question.line,
                "Part marks cannot be kept: an option is right or wrong.",
            )
        option.is_right = share > 0
        if option.text.strip() == "*" and not option.is_right:
            continue
        if _ANY_TEXT.search(option.text):
            raise LineError(
                question.line,
                "An asterisk stands for any text there: write each answer out.",
            )
        option.text = option.text.replace(r"\*", "*")
        kept.append(option)
    question.options = kept


def write_answer(text):
    """A short answer as files hold it: an asterisk in it stands for itself."""
    return text.replace("*", r"\*")


def read_typos(line, text):
    """How many typos a short answer forgives, as a tag or a cell says it."""
    if text.strip() not in ("", "0", "1", "2"):
        raise LineError(line, "Typos forgiven are 0, 1 or 2: “%(text)s”.", text=text)
    return int(text.strip() or 0)


def read_credit(line, text):
    """What a part of an answer earns: ``part`` or ``whole``; usually a part."""
    text = text.strip().lower() or "part"
    if text not in CREDITS:
        raise LineError(line, "Partial credit is part or whole: “%(text)s”.", text=text)
    return text


def write_marking(question):
    """``{name: value}`` of what a question's marking differs by from the usual."""
    values = {
        "typos": str(question.typos or ""),
        "credit": question.credit if question.credit != "part" else "",
        "difficulty": question.difficulty if question.difficulty != "medium" else "",
    }
    if question.kind == "spoken":
        values["criteria"] = write_criteria(question)
    return {name: value for name, value in values.items() if value}


def write_criteria(question):
    """The rubric of a spoken answer in one line: ``greets = 2 | tells why = 3``."""
    return " | ".join(
        f"{guard(guard(option.text, '='), '|')} = {option.points}"
        for option in question.options
    )


def read_criteria(line, text):
    """The opposite: a list of ``Option``."""
    options = []
    for part in filter(None, cut(text, "|")):
        name, *points = cut(part, "=")
        if not name or len(points) != 1 or not points[0].isdecimal():
            raise LineError(
                line, "A criterion is written name = points: “%(text)s”.", text=part
            )
        options.append(Option(name, points=int(points[0])))
    return options


def cut(text, mark, most=None):
    """Parts of a text; a mark behind a backslash stands for itself.

    :param most: marks that cut; what comes after them stand for themselves
    """
    parts, start = [""], 0
    for found in re.finditer(rf"(\\*){re.escape(mark)}", text):
        slashes = len(found[1])
        parts[-1] += text[start : found.start()] + "\\" * (slashes // 2)
        if slashes % 2 or len(parts) - 1 == most:
            parts[-1] += mark
        else:
            parts.append("")
        start = found.end()
    parts[-1] += text[start:]
    return [part.strip() for part in parts]


def guard(text, mark):
    """The text with each mark in it behind a backslash."""
    found = rf"(\\*){re.escape(mark)}"
    return re.sub(found, lambda match: match[1] * 2 + "\\" + mark, text)


def read_marking(question, values):
    """The opposite."""
    if question.kind == "spoken":
        question.options = read_criteria(question.line, values.get("criteria", ""))
    question.typos = read_typos(question.line, values.get("typos", ""))
    question.credit = read_credit(question.line, values.get("credit", ""))
    question.difficulty = read_difficulty(question.line, values.get("difficulty", ""))


def check_question(question):
    """Refuse a question that could not be asked; the importer calls it for each."""
    if not question.stem.strip():
        raise LineError(question.line, "The question has no text.")
    if question.kind not in KINDS:
        raise LineError(
            question.line, "Unknown kind of question: %(kind)s.", kind=question.kind
        )
    if question.weight <= 0:
        raise LineError(question.line, "The weight must be more than zero.")
    if question.kind == "number":
        _check_number(question)
    elif question.kind == "short":
        _check_answers(question)
    elif question.kind == "spoken":
        _check_criteria(question)
    else:
        _check_options(question)


def _check_number(question):
    if question.options:
        raise LineError(question.line, "A number has no options.")
    if question.tolerance < 0:
        raise LineError(question.line, "The range runs backwards.")


def _check_answers(question):
    line, count = question.line, len(question.options)
    said = [normalise(option.text) for option in question.options]
    if not 1 <= count <= 20 or not any(o.is_right for o in question.options):
        raise LineError(
            line, "A short question has 1 to 20 answers and a right one among them."
        )
    if not all(said) or len(set(said)) < count:
        raise LineError(line, "An option is empty or comes twice.")


def _check_criteria(question):
    line, options = question.line, question.options
    if not options:
        raise LineError(
            line, "An essay is rated by a person: it needs criteria with their points."
        )
    if len(options) > 9 or not all(1 <= option.points <= 100 for option in options):
        raise LineError(line, "A rubric has 1 to 9 criteria, each of 1 to 100 points.")
    if len({option.text.casefold() for option in options}) < len(options):
        raise LineError(line, "An option is empty or comes twice.")


def _check_options(question):
    line, count = question.line, len(question.options)
    right = sum(option.is_right for option in question.options)
    texts = {option.text.strip().casefold() for option in question.options}
    if not 2 <= count <= 9:
        raise LineError(
            line, "A question has 2 to 9 options, this one has %(count)s.", count=count
        )
    if "" in texts or len(texts) < count:
        raise LineError(line, "An option is empty or comes twice.")
    if question.kind == "single" and right != 1:
        raise LineError(
            line, "Exactly one option must be right, %(count)s are.", count=right
        )
    if question.kind == "multiple" and not 0 < right < count:
        raise LineError(line, "Some options must be right and some wrong.")
