"""What the readers of question files share: one shape, one kind of error."""

from dataclasses import dataclass, field

KINDS = ("single", "multiple", "number", "order", "match")
MAX_BYTES = 20 * 1024 * 1024


@dataclass
class Option:
    text: str
    is_right: bool = False
    prompt: str = ""
    feedback: str = ""


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
    explanation: str = ""
    source: str = ""
    weight: float = 1.0
    is_critical: bool = False


class LineError(Exception):
    """A fault in a file, at a line that a person can find."""

    def __init__(self, line, message):
        super().__init__(message)
        self.line = line
        self.message = message


def decode(content):
    """Text of a file in UTF-8, UTF-16 or the Windows Cyrillic code page.

    :raise LineError: when it is none of them
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="strict")
    text = _try_decode(content, "utf-8-sig")
    text = _try_decode(content, "cp1251") if text is None else text
    if text is None:
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


def check_question(question):
    """Refuse a question that could not be asked; the importer calls it for each."""
    right = [option for option in question.options if option.is_right]
    texts = [option.text.strip().casefold() for option in question.options]
    problem = ""
    if not question.stem.strip():
        problem = "The question has no text."
    elif question.kind not in KINDS:
        problem = f"Unknown kind of question: {question.kind}."
    elif question.kind == "number":
        problem = "A number has no options." if question.options else ""
    elif len(texts) < 2 or len(texts) > 9:
        problem = f"A question has 2 to 9 options, this one has {len(texts)}."
    elif "" in texts or len(set(texts)) < len(texts):
        problem = "An option is empty or comes twice."
    elif question.kind == "single" and len(right) != 1:
        problem = f"Exactly one option must be right, {len(right)} are."
    elif question.kind == "multiple" and not 0 < len(right) < len(texts):
        problem = "Some options must be right and some wrong."
    if problem:
        raise LineError(question.line, problem)
