"""Shipped questions follow what a second reader mended; changed ones stay theirs."""

from pathlib import Path

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.callcenter_training.models.bank.question_importer import (
    QuestionImporter,
)
from odoo.addons.callcenter_training.tools.bank import gift
from odoo.tools.misc import file_path

_BEFORE = Path(__file__).with_name("starter_before.gift")
_STARTER = "callcenter_training/data/bank/starter"
# Shipped before and worth nothing: a sum that everybody does in his head.
_TRIVIAL = ["starter-off-15"]


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    questions = env["callcenter.question"]
    questions.search(
        [("external_key", "in", _TRIVIAL), ("state", "=", "ready")]
    )._retire()
    renew(env)


def renew(env):
    """A new version of what still reads as it was shipped; feedback for the rest."""
    before = {question.key: question for question in read_before()}
    shipped = [
        question
        for path in sorted(Path(file_path(_STARTER)).glob("*.gift"))
        for question in _read(path)
    ]
    ready = env["callcenter.question"].search(
        [("external_key", "!=", False), ("state", "=", "ready")]
    )
    by_key = {question.external_key: question for question in ready}
    for new in shipped:
        question, old = by_key.get(new.key), before.get(new.key)
        if question and old and _says(question._to_file()) == _says(old):
            _replace(question, new)
        elif question and _says(question._to_file()) == _says(new):
            _comment(question, new)


def read_before():
    """The shipped questions that were mended, as they read before."""
    return _read(_BEFORE)


def _read(path):
    questions, _errors = gift.parse(path.read_text(encoding="utf-8"))
    return questions


def _says(question):
    """What is asked, what is right and where it is written."""
    options = [(o.text, o.is_right, o.prompt) for o in question.options]
    return question.kind, question.stem, question.number, question.source, options


def _replace(question, new):
    """The next version is ready at once; the one that was asked stays as it was."""
    values = QuestionImporter(question.env)._prepare_values(new, question.topic_id)
    values |= {
        "state": "ready",
        "version": question.version + 1,
        "origin_id": (question.origin_id or question).id,
        "company_id": question.company_id.id,
        "is_practice": question.is_practice,
        "weight": question.weight,
        "is_critical": question.is_critical,
    }
    question._retire()
    question.env.flush_all()
    question._in_transition().create(values)._after_release()


def _comment(question, new):
    """What is told after a wrong answer, where nobody has written anything."""
    said = {option.text: option.feedback for option in new.options}
    question = question._in_transition()
    question.option_ids = [
        Command.update(option.id, {"feedback": said[option.text]})
        for option in question.option_ids
        if said[option.text] and not option.feedback
    ]
