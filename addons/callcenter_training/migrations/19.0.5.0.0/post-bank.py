"""Shipped questions follow what a second reader mended; changed ones stay theirs."""

from pathlib import Path

from odoo import SUPERUSER_ID, Command, api
from odoo.addons.callcenter_training.models.bank.question_importer import (
    QuestionImporter,
)
from odoo.addons.callcenter_training.tools.bank import gift
from odoo.tools import SQL
from odoo.tools.misc import file_path

_BEFORE = Path(__file__).with_name("starter_before.gift")
_STARTER = "callcenter_training/data/bank/starter"
# Shipped before and worth nothing: a sum that everybody does in his head.
_TRIVIAL = ["starter-off-15"]


# Kinds of care do not rule each other out: the question is what the card names.
_STEMS = [
    (
        "stem",
        "How is {product} looked after?",
        "Как ухаживать за товаром {product}?",
        "Which care does the card of {product} name?",
    ),
    (
        "exam_stem",
        "What do you advise a client on the care of {product}?",
        "Что вы посоветуете клиенту по уходу за товаром {product}?",
        "A client asks how to care for {product}. What does its card say?",
    ),
]


def migrate(cr, version):
    reword(cr)
    env = api.Environment(cr, SUPERUSER_ID, {})
    questions = env["callcenter.question"]
    questions.search(
        [("external_key", "in", _TRIVIAL), ("state", "=", "ready")]
    )._retire()
    renew(env)


def reword(cr):
    """New wordings where nobody changed the old ones; the translation follows."""
    for field, old, old_ru, new in _STEMS:
        cr.execute(
            SQL(
                """UPDATE callcenter_question_template
                      SET %(field)s = jsonb_build_object('en_US', %(new)s::text)
                    WHERE code = 'care' AND %(field)s->>'en_US' = %(old)s
                      AND COALESCE(%(field)s->>'ru_RU', %(old_ru)s) = %(old_ru)s""",
                field=SQL.identifier(field),
                new=new,
                old=old,
                old_ru=old_ru,
            )
        )


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
