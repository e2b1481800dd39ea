"""Questions worth asking: new wordings of the ready templates, faults of the facts."""

import csv
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.addons.callcenter_training.models.bank.fact_builder import FactBuilder
from odoo.addons.callcenter_training.tools.bank import question_files
from odoo.tools import SQL
from odoo.tools.misc import file_path

_STEMS = Path(__file__).with_name("stems.csv")
_STARTER = "callcenter_training/data/bank/starter"
# Shipped before: two right answers, a wrong order of steps, a screen operators lack.
_FAULTY = [
    "starter-reg-03", "starter-saf-09", "starter-saf-03", "starter-sof-07",
    "starter-com-15",
]  # fmt: skip


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    reword(env)
    templates = env["callcenter.question.template"].search([])
    FactBuilder(env).rebuild(templates)
    retire_faulty(env)
    explain(env)


def retire_faulty(env):
    """What was shipped with a fault is asked no more; others stand in its place."""
    questions = env["callcenter.question"].search(
        [("external_key", "in", _FAULTY), ("state", "=", "ready")]
    )
    questions._retire()


def explain(env):
    """Shipped questions get the explanation and the source that they lacked."""
    for path in sorted(Path(file_path(_STARTER)).glob("*.gift")):
        questions, _errors = question_files.read(path.name, path.read_bytes())
        for question in questions:
            env.cr.execute(
                """UPDATE callcenter_question
                      SET explanation = COALESCE(explanation, %s),
                          source = COALESCE(source, %s)
                    WHERE external_key = %s""",
                [question.explanation, question.source, question.key],
            )
    env.invalidate_all()


def reword(env):
    """New wordings where nobody changed the old ones; the translation follows."""
    env.flush_all()
    with _STEMS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            template = env.ref(
                f"callcenter_training.question_template_{row['code']}", False
            )
            if template:
                _reword_one(env.cr, template, row)
    env.invalidate_all()


def _reword_one(cr, template, row):
    cr.execute(
        SQL(
            """UPDATE callcenter_question_template
                  SET %(field)s = jsonb_build_object('en_US', %(new)s::text)
                WHERE id = %(id)s AND %(field)s->>'en_US' = %(old)s
                  AND COALESCE(%(field)s->>'ru_RU', %(old_ru)s) = %(old_ru)s""",
            field=SQL.identifier(row["field"]),
            new=row["new"],
            id=template.id,
            old=row["old"],
            old_ru=row["old_ru"],
        )
    )
