"""What exams keep from practice: their own wording, their share of the bank."""

import csv
from pathlib import Path

from odoo import SUPERUSER_ID, api

_STEMS = Path(__file__).with_name("exam_stems.csv")


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    word_exams(env)
    draw_reserve(env)


def word_exams(env):
    """The templates of the product get the wording that exams use."""
    with _STEMS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            template = env.ref(
                f"callcenter_training.question_template_{row['code']}", False
            )
            if template and not template.exam_stem:
                template.exam_stem = row["stem"]


def draw_reserve(env):
    """Questions that were ready before draw their tickets; sections measure again."""
    env["callcenter.question"].search([("state", "=", "ready")])._after_release()
    env["callcenter.quiz.section"].search([])._measure_reserve()
