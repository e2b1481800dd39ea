"""Moodle's XML format, read strictly and written.

Read: multichoice, truefalse, numerical, shortanswer, matching, ordering, and essay
where a tag names its criteria; the others are refused by name. A document type or an
entity in the file is refused: that is how such files attack their reader.
"""

import re
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from .question_file import (
    MARKING,
    MAX_QUESTIONS,
    FileQuestion,
    LineError,
    Option,
    check_question,
    read_case,
    read_marking,
    read_number,
    set_answers,
    set_choice,
    split_category,
    to_plain,
    write_answer,
    write_case,
    write_category,
    write_marking,
    write_number,
)

# Elements and depth of an honest file: some tens a question, some tens of levels.
MAX_ELEMENTS = 60 * MAX_QUESTIONS
MAX_DEPTH = 100

_READABLE = {
    "multichoice": "single",
    "truefalse": "single",
    "numerical": "number",
    "shortanswer": "short",
    "essay": "spoken",
    "matching": "match",
    "ordering": "order",
}
_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "number": "numerical",
    "short": "shortanswer",
    "spoken": "essay",
    "match": "matching",
    "order": "ordering",
}


# What the program writes into every question by itself; other penalties, and what
# is said after an answer, are somebody's own.
_USUAL_PENALTIES = {"", "0", "0.0000000", "0.1", "0.1000000", "0.3333333", "1.0000000"}
_USUAL_PENALTIES |= {"1", "0.33333"}
_SAID = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_USUALLY_SAID = {
    "",
    "your answer is correct",
    "your answer is partially correct",
    "your answer is incorrect",
    "ваш ответ верный",
    "ваш ответ частично правильный",
    "ваш ответ неправильный",
}
_OWN_TAGS = ("critical", "source=", "case=", *(f"{name}=" for name in MARKING))

_PLAIN = 'format="plain_text"'


class _Node:
    def __init__(self, name, attributes, line):
        self.name, self.attributes, self.line = name, dict(attributes), line
        self.children, self.text = [], ""

    def all(self, name):
        return [child for child in self.children if child.name == name]

    def first(self, name):
        found = self.all(name)
        return found[0] if found else _Node(name, {}, self.line)

    def words(self, name):
        """Plain text of ``<name><text>…</text></name>`` or ``<name>…</name>``."""
        return self.first(name).plain()

    def plain(self):
        """Plain text of the element itself."""
        if self.all("file"):
            raise LineError(
                self.line,
                "A picture or a sound belongs to the question: it cannot be kept.",
            )
        text = self.first("text").text or self.text
        return to_plain(self.line, text, self.attributes.get("format") != "plain_text")


class _Tree:
    """Builds the tree question by question, keeping line numbers."""

    def __init__(self, on_question):
        self.on_question, self.stack, self.count = on_question, [], 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def feed(self, text):
        self.parser.Parse(text.encode(), True)

    def _start(self, name, attributes):
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.stack) > MAX_DEPTH:
            line = self.parser.CurrentLineNumber
            raise LineError(line, "The XML holds more elements than questions need.")
        node = _Node(name, attributes, self.parser.CurrentLineNumber)
        if self.stack:
            self.stack[-1].children.append(node)
        self.stack.append(node)

    def _characters(self, content):
        self.stack[-1].text += content

    def _end(self, name):
        node = self.stack.pop()
        if name == "question":
            self.on_question(node)
            if self.stack:
                self.stack[-1].children.clear()

    def _refuse(self, *_arguments):
        line = self.parser.CurrentLineNumber
        raise LineError(line, "A document type is not allowed here.")


def parse(text):
    """``(questions, errors)``: the good ones and a ``LineError`` for each bad one."""
    questions, errors, topic = [], [], [""]

    def on_question(node):
        try:
            if node.attributes.get("type") == "category":
                topic[0] = split_category(node.words("category"))
                return
            question = _read(node)
            question.topic = topic[0]
            check_question(question)
            questions.append(question)
        except LineError as error:
            errors.append(error)

    declaration = re.compile(r"^\s*<\?xml[^>]*\?>")
    try:
        _Tree(on_question).feed(declaration.sub("", text, count=1))
    except expat.ExpatError as error:
        errors.append(LineError(error.lineno, "The XML is broken off or wrong here."))
    except LineError as error:
        errors.append(error)
    return questions, errors


def _read(node):
    kind = node.attributes.get("type", "")
    if kind not in _READABLE:
        raise LineError(
            node.line, "Questions of type “%(kind)s” cannot be marked here.", kind=kind
        )
    tags = {tag.plain() for tag in node.first("tags").all("tag")}
    question = FileQuestion(
        line=node.line,
        kind=_READABLE[kind],
        stem=node.words("questiontext"),
        key=node.words("idnumber"),
        explanation=node.words("generalfeedback"),
        weight=read_number(node.line, node.words("defaultgrade") or "1"),
        is_critical="critical" in tags,
    )
    named = {name: value for name, sign, value in (t.partition("=") for t in tags)}
    question.source = named.get("source", "")
    read_case(question, named.get("case", ""))
    read_marking(question, named)
    _READERS[kind](node, question)
    _name_left_out(node, question)
    return question


def _name_left_out(node, question):
    """Name what Moodle asks or says around a question and nothing here does."""
    for hint in node.all("hint"):
        if hint.plain():
            question.leave_out(hint.line, "The hint is not kept.")
    penalty = node.first("penalty")
    if penalty.plain() not in _USUAL_PENALTIES:
        question.leave_out(
            penalty.line, "The penalty for another try is not kept: there is one try."
        )
    for name in _SAID:
        said = node.first(name)
        if said.plain().rstrip(".").casefold() not in _USUALLY_SAID:
            question.leave_out(
                said.line, "What is said after any answer is not kept: only of options."
            )
    for tag in node.first("tags").all("tag"):
        if tag.plain() and not tag.plain().startswith(_OWN_TAGS):
            question.leave_out(
                tag.line, "The tag “%(tag)s” is not kept.", tag=tag.plain()
            )
    if node.first("units").all("unit"):
        question.leave_out(node.line, "Units are not kept: a bare number is asked.")


def _read_choice(node, question):
    question.options = [
        Option(answer.plain(), feedback=answer.words("feedback"))
        for answer in node.all("answer")
    ]
    is_multiple = node.words("single").lower() in ("false", "0")
    set_choice(question, list(map(_get_share, node.all("answer"))), is_multiple)


def _get_share(answer):
    return read_number(answer.line, answer.attributes.get("fraction", "0"))


def _read_short(node, question):
    question.options = [
        Option(answer.plain(), feedback=answer.words("feedback"))
        for answer in node.all("answer")
    ]
    set_answers(question, list(map(_get_share, node.all("answer"))))


def _read_true_false(node, question):
    _read_choice(node, question)
    names = {"true": "Верно", "false": "Неверно"}
    for option in question.options:
        option.text = names.get(option.text.lower(), option.text)


def _read_number(node, question):
    answers = [answer for answer in node.all("answer") if _get_share(answer) > 0]
    for answer in node.all("answer"):
        if answer.words("feedback") or answer not in answers:
            question.leave_out(
                answer.line, "Of a number only the right answer is kept, without words."
            )
    if len(answers) != 1 or _get_share(answers[0]) < 100:
        raise LineError(node.line, "A number has exactly one right answer.")
    (answer,) = answers
    question.number = read_number(answer.line, answer.plain())
    question.tolerance = read_number(answer.line, answer.words("tolerance") or "0")


def _read_match(node, question):
    for pair in node.all("subquestion"):
        prompt = pair.plain()
        if not prompt:
            raise LineError(
                pair.line, "An answer that belongs to nothing cannot be kept."
            )
        question.options.append(Option(pair.words("answer"), prompt=prompt))


def _read_order(node, question):
    for answer in node.all("answer"):
        question.options.append(Option(answer.plain()))


_READERS = {
    "multichoice": _read_choice,
    "truefalse": _read_true_false,
    "numerical": _read_number,
    "shortanswer": _read_short,
    "essay": lambda node, question: None,
    "matching": _read_match,
    "ordering": _read_order,
}


# -- writing ---------------------------------------------------------------------


def dump(questions):
    """Moodle XML of ``questions``; reading it again gives the same questions."""
    parts, topic = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], None
    for number, question in enumerate(questions, 1):
        if question.topic != topic:
            topic = question.topic
            parts.append(
                '<question type="category"><category>'
                f"{_text(write_category(topic))}</category></question>"
            )
        parts.append(_dump_question(number, question))
    return "\n".join([*parts, "</quiz>", ""])


def _dump_question(number, question):
    stem, case_lines = write_case(question)
    parts = [
        f"<question type={quoteattr(_TYPES[question.kind])}>",
        f"<name>{_text(str(number))}</name>",
        f"<questiontext {_PLAIN}>{_text(stem)}</questiontext>",
        f"<generalfeedback {_PLAIN}>{_text(question.explanation)}</generalfeedback>",
        f"<defaultgrade>{write_number(question.weight)}</defaultgrade>",
        f"<idnumber>{escape(question.key)}</idnumber>",
    ]
    if question.kind in ("single", "multiple"):
        single = "true" if question.kind == "single" else "false"
        parts.append(f"<single>{single}</single>")
    parts += _dump_answers(question)
    tags = ["critical"] if question.is_critical else []
    tags += [f"source={question.source}"] if question.source else []
    tags += [f"case={case_lines}"] if case_lines else []
    tags += [f"{name}={text}" for name, text in write_marking(question).items()]
    parts.append(
        "<tags>" + "".join(f"<tag>{_text(tag)}</tag>" for tag in tags) + "</tags>"
    )
    return "".join([*parts, "</question>"])


def _dump_answers(question):
    if question.kind == "number":
        return [
            f'<answer fraction="100">{_text(write_number(question.number))}'
            f"<tolerance>{write_number(question.tolerance)}</tolerance></answer>"
        ]
    if question.kind == "spoken":
        return []
    if question.kind == "match":
        return [
            f"<subquestion {_PLAIN}>{_text(option.prompt)}"
            f"<answer {_PLAIN}>{_text(option.text)}"
            "</answer></subquestion>"
            for option in question.options
        ]
    short = question.kind == "short"
    right = sum(option.is_right for option in question.options) or 1
    share = 100 if short else 100 / right
    return [
        f'<answer fraction="{share if option.is_right else 0:.7g}" {_PLAIN}>'
        f"{_text(write_answer(option.text) if short else option.text)}"
        f"<feedback {_PLAIN}>{_text(option.feedback)}</feedback></answer>"
        for option in question.options
    ]


def _text(text):
    # Markup characters twice: the format holds HTML inside XML.
    return f"<text>{escape(escape(text))}</text>"
