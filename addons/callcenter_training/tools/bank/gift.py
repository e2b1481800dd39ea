"""Moodle's GIFT text format, read strictly and written.

Read: single and multiple choice (with ``%weights%``), true/false, numbers with a
tolerance or a range, matching, feedback, categories, ``[id:…]`` and ``[tag:…]`` in a
comment, and the ordering plug-in's ``{>`` list. Essays and short answers, which a
machine does not mark safely, are refused by name.
"""

import re

from .question_file import (
    MAX_QUESTION,
    FileQuestion,
    LineError,
    Option,
    check_question,
    read_number,
)

_SPECIAL = "~=#{}:"
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")
_TAG = re.compile(r"\[(id|tag):([^\]]*)\]")
# Escaped characters travel through the parser as private-use ones.
_HIDE = {char: chr(0xE000 + place) for place, char in enumerate(_SPECIAL)}
_SHOW = {hidden: char for char, hidden in _HIDE.items()}


def parse(text):
    """``(questions, errors)``: the good ones and a ``LineError`` for each bad one."""
    questions, errors, topic = [], [], ""
    for line, block in _blocks(text):
        topic = _collect(line, block, topic, questions, errors)
    return questions, errors


def _collect(line, block, topic, questions, errors):
    """Add the block's question or its error; the topic of what follows comes back."""
    try:
        category, question = _parse_block(line, block)
        topic = category or topic
        if question:
            question.topic = topic
            check_question(question)
            questions.append(question)
    except LineError as error:
        errors.append(error)
    return topic


def _blocks(text):
    """``(first line number, lines)`` of what blank lines set apart."""
    block, start = [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []
    if block:
        yield start, block


def _parse_block(line, lines):
    if sum(map(len, lines)) > MAX_QUESTION:
        raise LineError(
            line, "A question is longer than %(limit)s characters.", limit=MAX_QUESTION
        )
    tags, body, category = {}, [], ""
    for offset, text in enumerate(lines):
        stripped = text.strip()
        if stripped.startswith("//"):
            tags |= _read_tags(stripped)
        elif stripped.upper().startswith("$CATEGORY:"):
            category = stripped.partition(":")[2].strip().split("/")[-1]
        elif stripped or body:
            if not body:
                line += offset
            body.append(text)
    if not body:
        return category, None
    question = _parse_question(line, _hide("\n".join(body)))
    question.key = tags.get("id", "")
    question.is_critical = "critical" in tags
    question.source = tags.get("source", "")
    return category, question


def _read_tags(comment):
    tags = {}
    for name, value in _TAG.findall(comment):
        key, _sign, rest = value.strip().partition("=")
        tags |= {"id": value.strip()} if name == "id" else {key: rest}
    return tags


def _parse_question(line, text):
    match = re.match(r"\s*(?:::(?P<title>.*?)::)?(?P<rest>.*)\Z", text, re.DOTALL)
    rest = match["rest"]
    if rest.count("{") != 1 or rest.count("}") != 1 or rest.find("{") > rest.find("}"):
        raise LineError(line, _explain_braces(rest))
    stem, _open, tail = rest.partition("{")
    answer, _close, after = tail.partition("}")
    stem = re.sub(r"^\s*\[(?:html|plain|moodle|markdown)\]", "", stem)
    if after.strip():
        stem = f"{stem.rstrip()} _____ {after.strip()}"
    answer, _marks, explanation = answer.partition("####")
    question = FileQuestion(line=line, stem=_show(stem), explanation=_show(explanation))
    _read_answer(question, answer.strip())
    return question


def _explain_braces(rest):
    if "{" not in rest:
        return "The question has no answer in braces {…}."
    if "}" not in rest:
        return "The answer is not closed: } is missing."
    return "A question has one pair of braces: write a backslash before others."


def _read_answer(question, answer):
    word = answer.split("#")[0].strip().upper()
    if not answer:
        raise LineError(question.line, "Essay questions cannot be marked: {} is empty.")
    if word in _TRUE or word in _FALSE:
        _read_true_false(question, word in _TRUE)
    elif answer.startswith("#"):
        _read_number(question, answer[1:])
    elif answer.startswith(">"):
        _read_order(question, answer[1:])
    else:
        _read_options(question, answer)


def _read_true_false(question, is_true):
    question.options = [Option("Верно", is_true), Option("Неверно", not is_true)]


def _read_number(question, text):
    text = text.partition("#")[0].strip().lstrip("=").strip()
    text = text.translate({ord(hidden): char for hidden, char in _SHOW.items()})
    line = question.line
    if ".." in text:
        low, high = (read_number(line, part) for part in text.split("..", 1))
        question.number, question.tolerance = (low + high) / 2, (high - low) / 2
    else:
        value, _colon, tolerance = text.partition(":")
        question.number = read_number(line, value)
        question.tolerance = read_number(line, tolerance or "0")
    question.kind = "number"


def _read_order(question, text):
    lines = [line.strip() for line in text.splitlines()]
    # The first line holds the plug-in's own settings.
    question.options = [Option(_show(line)) for line in lines[1:] if line]
    question.kind = "order"


def _read_options(question, answer):
    parts = re.findall(r"([=~])([^=~]*)", answer)
    if not parts or not answer.startswith(("=", "~")):
        raise LineError(question.line, "Answers start with = (right) or ~ (wrong).")
    if all(sign == "=" and "->" in text for sign, text in parts):
        question.kind = "match"
        question.options = [_read_pair(question, text) for _sign, text in parts]
        return
    question.options = [_read_choice(question, sign, text) for sign, text in parts]
    signs = {sign for sign, _text in parts}
    if signs == {"="}:
        raise LineError(question.line, "Short answers cannot be marked: no ~ option.")
    right = sum(option.is_right for option in question.options)
    question.kind = "single" if "=" in signs and right == 1 else "multiple"


def _read_pair(question, text):
    prompt, _arrow, right = text.partition("->")
    if not prompt.strip():
        raise LineError(question.line, "A pair needs both sides: = left -> right.")
    return Option(_show(right.partition("#")[0]), prompt=_show(prompt))


def _read_choice(question, sign, text):
    weight = re.match(r"\s*%(-?[\d.,]+)%", text)
    if weight:
        text = text[weight.end() :]
    text, _mark, feedback = text.partition("#")
    is_right = sign == "=" or bool(weight and read_number(question.line, weight[1]) > 0)
    return Option(_show(text), is_right, feedback=_show(feedback))


def _hide(text):
    text = text.replace("\\n", "\n").replace("\\\\", "\\")
    return re.sub(r"\\([~=#{}:])", lambda match: _HIDE[match[1]], text)


def _show(text):
    return text.translate({ord(hidden): char for hidden, char in _SHOW.items()}).strip()


# -- writing ---------------------------------------------------------------------


def dump(questions):
    """GIFT text of ``questions``; reading it again gives the same questions."""
    parts, topic = [], None
    for number, question in enumerate(questions, 1):
        if question.topic != topic:
            topic = question.topic
            parts.append(f"$CATEGORY: {topic}")
        parts.append(_dump_question(number, question))
    return "\n\n".join(parts) + "\n"


def _dump_question(number, question):
    lines = []
    tags = [f"[id:{question.key}]"] if question.key else []
    tags += ["[tag:critical]"] if question.is_critical else []
    tags += [f"[tag:source={question.source}]"] if question.source else []
    if tags:
        lines.append("// " + " ".join(tags))
    stem = "\n".join(filter(None, [question.dialogue, question.stem]))
    lines.append(f"::{number}:: {_escape(stem)} {{")
    lines += _dump_answer(question)
    if question.explanation:
        lines.append("####" + _escape(question.explanation))
    lines.append("}")
    return "\n".join(lines)


def _dump_answer(question):
    if question.kind == "number":
        return [f"#{question.number:g}:{question.tolerance:g}"]
    if question.kind == "order":
        first = ">ALL VERTICAL ABSOLUTE_POSITION"
        return [first] + [_escape(option.text) for option in question.options]
    if question.kind == "match":
        return [
            f"={_escape(option.prompt)} -> {_escape(option.text)}"
            for option in question.options
        ]
    return [_dump_choice(question, option) for option in question.options]


def _dump_choice(question, option):
    sign = "=" if option.is_right else "~"
    if question.kind == "multiple":
        right = sum(other.is_right for other in question.options)
        share = 100 / right if option.is_right else -100 / right
        sign = f"~%{share:.5g}%"
    feedback = f" #{_escape(option.feedback)}" if option.feedback else ""
    return f"{sign}{_escape(option.text)}{feedback}"


def _escape(text):
    text = re.sub(r"([~=#{}:])", r"\\\1", text.replace("\\", "\\\\"))
    return re.sub(r"\s*\n\s*", "\\\\n", text.strip())
