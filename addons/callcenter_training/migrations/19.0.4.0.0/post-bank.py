"""Questions worth asking: new wordings of the ready templates, faults of the facts."""

import csv
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.addons.callcenter_training.models.bank.fact_builder import FactBuilder
from odoo.tools import SQL

_STEMS = Path(__file__).with_name("stems.csv")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    reword(env)
    templates = env["callcenter.question.template"].search([])
    FactBuilder(env).rebuild(templates)


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
