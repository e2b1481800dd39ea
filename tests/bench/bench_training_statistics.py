"""Statistics of many answers beside plain SQL over the same answers.

Two references: one that counts every figure we keep (facility, discrimination,
efficiency, median time, left out, how often each option was shown and picked) and one
that counts facility, discrimination and efficiency alone. Neither keeps its rows.
``BENCH_ANSWERS`` changes the size (800 000 is the figure to hold).
"""

import os
import time

from registry import bench
from training_people import answer_many, make_ready_questions, prepare_people

ANSWERS = int(os.environ.get("BENCH_ANSWERS", 200_000))
ASKED = 40
ITEMS = 5_000
PLAIN = "plain SQL: the same figures of the same answers"
PLAIN_MARKS = "plain SQL: facility and correlation of the same answers"
_figures = {}


def figures(context):
    if not _figures:
        with context.env() as env:
            measure(env)
    return _figures


def measure(env):
    topic = make_ready_questions(env, ITEMS)
    quiz, _people = prepare_people(env, topic, ASKED)
    answer_many(env, quiz, topic, ANSWERS // ASKED, ASKED)
    _figures["marks"] = _rate(lambda: _ask(env, MARKS_QUERY))
    _figures["plain"] = _rate(
        lambda: [_ask(env, query) for query in (MARKS_QUERY, TIMES_QUERY, PICKS_QUERY)]
    )
    _figures["ours"] = _rate(env["callcenter.item.stat"]._build)


def _rate(work):
    start = time.perf_counter()
    work()
    return ANSWERS / (time.perf_counter() - start)


def _ask(env, query):
    env.cr.execute(query)
    return env.cr.fetchall()


# Facility, corrected correlation and the largest covariance, as any report would.
MARKS_QUERY = """
    WITH answer AS (
        SELECT i.question_id, i.fraction AS mark,
               (sum(i.fraction) OVER w - i.fraction) / (count(*) OVER w - 1) AS rest
          FROM callcenter_quiz_attempt_item i
          JOIN callcenter_quiz_attempt a ON a.id = i.attempt_id
               AND a.state = 'submitted'
        WINDOW w AS (PARTITION BY i.attempt_id)
    ), ranked AS (
        SELECT question_id, mark, rest,
               row_number() OVER (PARTITION BY question_id ORDER BY mark) AS by_mark,
               row_number() OVER (PARTITION BY question_id ORDER BY rest) AS by_rest
          FROM answer
    ), best AS (
        SELECT m.question_id, covar_samp(m.mark, r.rest) AS largest
          FROM ranked m JOIN ranked r ON r.question_id = m.question_id
               AND r.by_rest = m.by_mark
         GROUP BY m.question_id
    )
    SELECT a.question_id, count(*), avg(a.mark), corr(a.mark, a.rest),
           covar_samp(a.mark, a.rest) / NULLIF(max(b.largest), 0)
      FROM answer a JOIN best b USING (question_id) GROUP BY a.question_id
"""
TIMES_QUERY = """
    SELECT i.question_id, count(*), count(*) FILTER (WHERE i.answered_at IS NULL),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY i.seconds)
      FROM callcenter_quiz_attempt_item i
      JOIN callcenter_quiz_attempt a ON a.id = i.attempt_id AND a.state = 'submitted'
     GROUP BY i.question_id
"""
PICKS_QUERY = """
    SELECT i.question_id, o.text, k.key->'right' @> to_jsonb(o.place - 1) AS is_right,
           count(*), count(*) FILTER (WHERE i.response @> to_jsonb(o.place - 1))
      FROM callcenter_quiz_attempt_item i
      JOIN callcenter_quiz_attempt a ON a.id = i.attempt_id AND a.state = 'submitted'
      JOIN callcenter_quiz_attempt_key k ON k.item_id = i.id
     CROSS JOIN jsonb_array_elements_text(i.options)
                WITH ORDINALITY AS o(text, place)
     GROUP BY 1, 2, 3
"""


@bench(PLAIN, unit="answers/s")
def plain(context):
    return figures(context)["plain"]


@bench(PLAIN_MARKS, unit="answers/s")
def plain_marks(context):
    return figures(context)["marks"]


@bench("statistics of all questions", unit="answers/s", reference=PLAIN)
def ours(context):
    return figures(context)["ours"]


@bench(
    "the same statistics beside facility and correlation",
    "answers/s",
    reference=PLAIN_MARKS,
)
def ours_beside_marks(context):
    return figures(context)["ours"]
