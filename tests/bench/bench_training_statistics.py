"""Statistics of many answers beside the plain SQL that counts the same figures.

``BENCH_ANSWERS`` changes the size (800 000 is the figure to hold).
"""

import os
import time

from registry import bench
from training_people import answer_many, make_ready_questions, prepare_people

ANSWERS = int(os.environ.get("BENCH_ANSWERS", 200_000))
ASKED = 40
ITEMS = 5_000
PLAIN = "plain SQL: facility and correlation of the same answers"
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
    start = time.perf_counter()
    env.cr.execute(PLAIN_QUERY)
    env.cr.fetchall()
    _figures["plain"] = ANSWERS / (time.perf_counter() - start)
    start = time.perf_counter()
    env["callcenter.stat.builder"]._build()
    _figures["ours"] = ANSWERS / (time.perf_counter() - start)


# Facility, corrected correlation and the largest covariance, as any report would.
PLAIN_QUERY = """
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


@bench(PLAIN, unit="answers/s")
def plain(context):
    return figures(context)["plain"]


@bench("statistics of all questions", unit="answers/s", reference=PLAIN)
def ours(context):
    return figures(context)["ours"]
