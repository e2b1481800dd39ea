"""Our engine beside Odoo's survey on the same questions, where survey can be loaded.

The survey addon is installed into the benchmark's own database for the comparison.
``BENCH_QUESTIONS`` and ``BENCH_ATTEMPTS`` change the sizes.
"""

import os
import time

from registry import bench
from training_people import (
    answer_many,
    make_ready_questions,
    open_one,
    prepare_people,
)

QUESTIONS = int(os.environ.get("BENCH_QUESTIONS", 600))
ATTEMPTS = int(os.environ.get("BENCH_ATTEMPTS", 300))
ASKED = 30
_figures = {}


def figures(context):
    if not _figures:
        install(context.database)
        with context.env() as env:
            measure_survey(env)
        with context.env() as env:
            measure_ours(env)
    return _figures


def install(database):
    from odoo import SUPERUSER_ID
    from odoo.api import Environment
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        module = env["ir.module.module"].search([("name", "=", "survey")])
        if module.state != "installed":
            module.button_immediate_install()


def once(function):
    start = time.perf_counter()
    function()
    return 1 / (time.perf_counter() - start)


def median(function, times=5):
    rates = sorted(once(function) for _time in range(times))
    return rates[times // 2]


def question_values(number):
    answers = [
        (0, 0, {"value": f"Answer {n}", "is_correct": n == 1, "answer_score": n == 1})
        for n in range(4)
    ]
    return {
        "title": f"Question {number}",
        "question_type": "simple_choice",
        "sequence": number,
        "suggested_answer_ids": answers,
    }


def measure_survey(env):
    pages = 10
    vals = []
    for page in range(pages):
        vals.append(
            {"title": f"Section {page}", "is_page": True, "sequence": page * 10_000,
             "random_questions_count": ASKED // pages, "question_type": False}
        )  # fmt: skip
        vals += [
            question_values(page * 10_000 + n + 1) for n in range(QUESTIONS // pages)
        ]
    survey = env["survey.survey"].create(
        {
            "title": "Bench",
            "questions_selection": "random",
            "scoring_type": "scoring_without_answers",
            "question_and_page_ids": [(0, 0, row) for row in vals],
        }
    )
    env.flush_all()

    def add():
        env["survey.question"].create(
            question_values(95_000) | {"survey_id": survey.id}
        )
        env.flush_all()

    def open_attempt():
        env.invalidate_all()
        survey._create_answer(user=env.user)
        env.flush_all()

    _figures["survey_add"] = once(add)
    _figures["survey_open"] = median(open_attempt, 3)
    fill_survey(env, survey)
    questions = survey.question_ids
    _figures["survey_results"] = once(
        lambda: questions._prepare_statistics(survey.user_input_ids.user_input_line_ids)
    )


def fill_survey(env, survey):
    """Attempts of ASKED answers each, by SQL; the ORM would take the night."""
    env.cr.execute(
        """INSERT INTO survey_user_input (survey_id, state, test_entry, access_token,
                  create_date)
           SELECT %s, 'done', FALSE, 'bench-' || n, now()
             FROM generate_series(1, %s) n""",
        [survey.id, ATTEMPTS],
    )
    env.cr.execute(
        """WITH option AS (
               SELECT question_id, array_agg(id ORDER BY id) AS ids
                 FROM survey_question_answer GROUP BY question_id
           ), question AS (
               SELECT array_agg(id ORDER BY id) AS ids FROM survey_question
                WHERE survey_id = %(survey)s AND is_page IS NOT TRUE)
           INSERT INTO survey_user_input_line (user_input_id, survey_id, question_id,
                  answer_type, suggested_answer_id, answer_is_correct, answer_score,
                  skipped)
           SELECT u.id, u.survey_id, a.question_id, 'suggestion', a.id, a.is_correct,
                  a.answer_score, FALSE
             FROM survey_user_input u
            CROSS JOIN generate_series(0, %(asked)s - 1) p
            CROSS JOIN question q
             JOIN option o
               ON o.question_id = q.ids[1 + (u.id * 131 + p * 61) %% cardinality(q.ids)]
             JOIN survey_question_answer a
               ON a.id = o.ids[1 + (u.id + p) %% cardinality(o.ids)]
            WHERE u.survey_id = %(survey)s AND u.access_token LIKE 'bench-%%'""",
        {"survey": survey.id, "asked": ASKED},
    )
    env.cr.execute("ANALYZE survey_user_input_line")
    env.invalidate_all()


def measure_ours(env):
    topic = make_ready_questions(env, QUESTIONS)
    quiz, people = prepare_people(env, topic, ASKED)

    def add():
        make_ready_questions(env, 1, topic)

    _figures["ours_add"] = median(add)
    starts = iter(people)
    open_one(env, quiz, next(starts))

    def start():
        env.invalidate_all()
        open_one(env, quiz, next(starts))

    _figures["ours_open"] = median(start)
    answer_many(env, quiz, topic, ATTEMPTS, ASKED)
    _figures["ours_results"] = once(env["callcenter.item.stat"]._build)


@bench("survey: adding a question", unit="questions/s")
def survey_add(context):
    return figures(context)["survey_add"]


@bench("own bank: adding a question", "questions/s", "survey: adding a question")
def own_add(context):
    return figures(context)["ours_add"]


@bench("survey: opening an attempt", unit="attempts/s")
def survey_open(context):
    return figures(context)["survey_open"]


@bench("own quiz: opening an attempt", "attempts/s", "survey: opening an attempt")
def own_open(context):
    return figures(context)["ours_open"]


@bench("survey: results of all attempts", unit="results/s")
def survey_results(context):
    return figures(context)["survey_results"]


@bench("own: results of all attempts", "results/s", "survey: results of all attempts")
def own_results(context):
    return figures(context)["ours_results"]
