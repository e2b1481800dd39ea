"""The Aiken text format: a question, its lettered options, ``ANSWER: B``."""

import re

from .question_file import FileQuestion, LineError, Option, check_question

_OPTION = re.compile(r"\s*([A-Z])[.)]\s+(.+)")
_ANSWER = re.compile(r"\s*ANSWER:\s*([A-Z])\s*", re.IGNORECASE)


def is_aiken(text):
    """Whether the text looks like this format."""
    return "{" not in text and any(map(_ANSWER.fullmatch, text.splitlines()))


def parse(text):
    """``(questions, errors)``: the good ones and a ``LineError`` for each bad one."""
    questions, errors, block = [], [], []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            block.append((number, line))
        if _ANSWER.fullmatch(line):
            _collect(block, questions, errors)
            block = []
    if block:
        errors.append(LineError(block[0][0], "The question names no right answer."))
    return questions, errors


def _collect(block, questions, errors):
    try:
        question = _read(block)
        check_question(question)
        questions.append(question)
    except LineError as error:
        errors.append(error)


def _read(block):
    line = block[0][0]
    *lines, (_number, answer) = block
    right = _ANSWER.fullmatch(answer)[1].upper()
    question = FileQuestion(line=line)
    letters = []
    for _number, text in lines:
        found = _OPTION.fullmatch(text)
        if found:
            letters.append(found[1])
            question.options.append(Option(found[2].strip(), found[1] == right))
        elif question.options:
            raise LineError(line, "An option begins with its letter: A. …")
        else:
            question.stem = f"{question.stem}\n{text.strip()}".strip()
    if right not in letters:
        raise LineError(line, "The question names no right answer.")
    return question
