"""Moodle's GIFT text format, read strictly and written.

Read: single and multiple choice (with ``%weights%``), true/false, numbers with a
tolerance or a range, short answers, matching, feedback, categories, ``[id:…]`` and
``[tag:…]`` in a comment, and the ordering plug-in's ``{>`` list. Essays come as spoken
answers where a tag names their criteria, and are refused without.
"""

import re
from html import unescape

from .question_file import (
    MARKING,
    MAX_QUESTION,
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

_SPECIAL = "~=#{}:>"
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")
_TAG = re.compile(r"\[(id|tag):([^\]]*)\]")
_OWN_TAGS = {"id", "critical", "source", "weight", "case", *MARKING}
_FORMAT = re.compile(r"^\s*\[(html|plain|moodle|markdown)\]")
# Escaped characters travel through the parser as private-use ones.
_HIDE = {char: chr(0xE000 + place) for place, char in enumerate(_SPECIAL)}
_HIDE |= {"n": "\ue0f0", "\\": "\ue0f1"}
_SHOW = {ord(hidden): char for char, hidden in _HIDE.items()} | {0xE0F0: "\n"}


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
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
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
            category = split_category(stripped.partition(":")[2])
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
    question.weight = read_number(line, tags.get("weight", "1"))
    read_case(question, tags.get("case", ""))
    read_marking(question, tags)
    for name in sorted(set(tags) - _OWN_TAGS):
        question.leave_out(line, "The tag “%(tag)s” is not kept.", tag=name)
    return category, question


def _read_tags(comment):
    tags = {}
    for name, value in _TAG.findall(comment):
        value = unescape(value.strip())
        key, _sign, rest = value.partition("=")
        tags |= {"id": value} if name == "id" else {key: rest}
    return tags


def _parse_question(line, text):
    match = re.match(r"\s*(?:::(?P<title>.*?)::)?(?P<rest>.*)\Z", text, re.DOTALL)
    rest = match["rest"]
    if rest.count("{") != 1 or rest.count("}") != 1 or rest.find("{") > rest.find("}"):
        raise LineError(line, _explain_braces(rest))
    stem, _open, tail = rest.partition("{")
    answer, _close, after = tail.partition("}")
    written = _FORMAT.match(stem)
    stem = stem[written.end() :] if written else stem
    if after.strip():
        stem = f"{stem.rstrip()} _____ {after.strip()}"
    answer, _marks, explanation = answer.partition("####")
    question = FileQuestion(line=line, stem=_show(stem), explanation=_show(explanation))
    _read_answer(question, answer.strip())
    if written and written[1] in ("html", "moodle"):
        _strip_markup(question)
    return question


def _strip_markup(question):
    line = question.line
    question.stem = to_plain(line, question.stem)
    question.explanation = to_plain(line, question.explanation)
    for option in question.options:
        option.text = to_plain(line, option.text)
        option.prompt = to_plain(line, option.prompt)
        option.feedback = to_plain(line, option.feedback)


def _explain_braces(rest):
    if "{" not in rest:
        return "The question has no answer in braces {…}."
    if "}" not in rest:
        return "The answer is not closed: } is missing."
    return "A question has one pair of braces: write a backslash before others."


def _read_answer(question, answer):
    word = answer.split("#")[0].strip().upper()
    if not answer:
        question.kind = "spoken"
    elif word in _TRUE or word in _FALSE:
        _read_true_false(question, word in _TRUE, answer)
    elif answer.startswith("#"):
        _read_number(question, answer[1:])
    elif answer.startswith(">"):
        _read_order(question, answer[1:])
    else:
        _read_options(question, answer)


def _read_true_false(question, is_true, answer):
    """``{T#said to a wrong answer#said to the right one}``."""
    _word, *said = map(_show, answer.split("#"))
    wrong, right = (*said, "", "")[:2]
    question.options = [
        Option("Верно", is_true, feedback=right if is_true else wrong),
        Option("Неверно", not is_true, feedback=wrong if is_true else right),
    ]


def _read_number(question, text):
    line = question.line
    text = text.strip()
    if text.startswith("=") and len(re.findall("[=~]", text)) > 1:
        raise LineError(line, "A number has exactly one right answer.")
    text = text.partition("#")[0].lstrip("=").strip().translate(_SHOW)
    if ".." in text:
        low, high = (read_number(line, part) for part in text.split("..", 1))
        question.number, question.tolerance = (low + high) / 2, (high - low) / 2
    else:
        value, _colon, tolerance = text.partition(":")
        if value.startswith("%"):
            raise LineError(
                line, "Part marks cannot be kept: an option is right or wrong."
            )
        question.number = read_number(line, value)
        question.tolerance = read_number(line, tolerance or "0")
    question.kind = "number"


def _read_order(question, text):
    lines = [line.strip() for line in text.split("\n")]
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
    signs = [sign for sign, _text in parts]
    if set(signs) == {"="}:
        read = [_read_choice(question, sign, text) for sign, text in parts]
        question.options = [option for option, _share in read]
        set_answers(question, [share for _option, share in read])
        return
    if signs.count("=") > 1:
        raise LineError(
            question.line, "Exactly one option must be right, %(count)s are.",
            count=signs.count("="),
        )  # fmt: skip
    read = [_read_choice(question, sign, text) for sign, text in parts]
    question.options = [option for option, _share in read]
    set_choice(question, [share for _option, share in read], "=" not in signs)


def _read_pair(question, text):
    prompt, _arrow, right = text.partition("->")
    if not prompt.strip():
        raise LineError(question.line, "A pair needs both sides: = left -> right.")
    right, _mark, feedback = right.partition("#")
    if feedback.strip():
        question.leave_out(question.line, "What is said to a pair is not kept.")
    return Option(_show(right), prompt=_show(prompt))


def _read_choice(question, sign, text):
    """``(option, its share of the mark in percent)``."""
    share = 100.0 if sign == "=" else 0.0
    weight = re.match(r"\s*%(-?[\d.,]+)%", text)
    if weight:
        text = text[weight.end() :]
        share = read_number(question.line, weight[1])
    text, _mark, feedback = text.partition("#")
    return Option(_show(text), feedback=_show(feedback)), share


def _hide(text):
    return re.sub(r"\\([~=#{}:>n\\])", lambda match: _HIDE[match[1]], text)


def _show(text):
    return text.translate(_SHOW).strip()


# -- writing ---------------------------------------------------------------------


def dump(questions):
    """GIFT text of ``questions``; reading it again gives the same questions."""
    parts, topic = [], None
    for number, question in enumerate(questions, 1):
        if question.topic != topic:
            topic = question.topic
            parts.append(f"$CATEGORY: {write_category(topic)}")
        parts.append(_dump_question(number, question))
    return "\n\n".join(parts) + "\n"


def _dump_question(number, question):
    text, case_lines = write_case(question)
    lines = []
    if tags := _dump_tags(question, case_lines):
        lines.append("// " + " ".join(tags))
    plain = "[plain]" if text.startswith("[") else ""
    lines.append(f"::{number}:: {plain}{_escape(text)} {{")
    lines += _dump_answer(question)
    if question.explanation:
        lines.append("####" + _escape(question.explanation))
    lines.append("}")
    return "\n".join(lines)


def _dump_tags(question, case_lines):
    values = [
        ("id:", question.key),
        ("tag:", "critical" if question.is_critical else ""),
        ("tag:source=", question.source),
        ("tag:weight=", "" if question.weight == 1 else write_number(question.weight)),
        ("tag:case=", str(case_lines or "")),
        *((f"tag:{name}=", text) for name, text in write_marking(question).items()),
    ]
    return [
        f"[{name}{value.replace('&', '&amp;').replace(']', '&#93;')}]"
        for name, value in values
        if value
    ]


def _dump_answer(question):
    if question.kind == "number":
        number, tolerance = question.number, question.tolerance
        return [f"#{write_number(number)}:{write_number(tolerance)}"]
    if question.kind == "spoken":
        return []
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
    sign, text = "=" if option.is_right else "~", option.text
    if question.kind == "short":
        sign, text = "=" if option.is_right else "=%0%", write_answer(text)
    if option.text.startswith("%"):
        # What looks like a weight stands behind one.
        sign = sign[0] + ("%100%" if option.is_right else "%0%")
    if question.kind == "multiple":
        right = sum(other.is_right for other in question.options)
        share = 100 / right if option.is_right else -100 / right
        sign = f"~%{share:.7g}%"
    feedback = f" #{_escape(option.feedback)}" if option.feedback else ""
    return f"{sign}{_escape(text)}{feedback}"


def _escape(text):
    text = re.sub(r"([~=#{}:\\])", r"\\\1", text.strip()).replace("->", r"-\>")
    return text.replace("\r\n", "\n").replace("\n", r"\n")
