"""Statistics of many answers beside the plain SQL that counts the same figures.

``BENCH_ANSWERS`` changes the size (800 000 is the figure to hold).
"""

import os
import time

from registry import bench
from training_people import make_ready_questions, prepare_people

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


def answer_many(env, quiz, topic, attempts, asked):
    """Closed attempts of different people, by SQL: the runner would take a day."""
    env.flush_all()
    env.cr.execute(
        """WITH person AS (
               INSERT INTO resource_resource (name, resource_type, time_efficiency, tz,
                      active, company_id)
               SELECT 'Bench ' || n, 'user', 100, 'UTC', TRUE, %(company)s
                 FROM generate_series(1, %(count)s) n RETURNING id)
           INSERT INTO hr_employee (name, resource_id, company_id, active)
           SELECT 'Bench', id, %(company)s, TRUE FROM person RETURNING id""",
        {"count": attempts, "company": quiz.company_id.id},
    )
    employees = [id_ for (id_,) in env.cr.fetchall()]
    env.cr.execute(
        """INSERT INTO callcenter_quiz_attempt (quiz_id, company_id, employee_id,
                  user_id, kind, state, seed, started_at, deadline_at, finished_at,
                  blueprint, question_count)
           SELECT %s, %s, unnest(%s::int[]), %s, 'exam', 'submitted', 'x',
                  now() - interval '1 day', now(), now() - interval '23 hours',
                  '{}'::jsonb, %s RETURNING id""",
        [quiz.id, quiz.company_id.id, employees, env.uid, asked],
    )
    ids = [id_ for (id_,) in env.cr.fetchall()]
    env.cr.execute(
        """WITH question AS (
               SELECT array_agg(id ORDER BY id) AS ids FROM callcenter_question
                WHERE topic_id = %(topic)s AND state = 'ready'
           ), item AS (
               INSERT INTO callcenter_quiz_attempt_item (attempt_id, position,
                      question_id, kind, stem, options, response, fraction, seconds,
                      first_shown_at, answered_at, weight)
               SELECT a.id, p, q.ids[1 + (a.id * 131 + p * 61) %% cardinality(q.ids)],
                      'single', 'Bench', '["a", "b", "c", "d"]'::jsonb,
                      jsonb_build_array(r.pick), (r.pick = 0)::int, 3 + r.pick * 4,
                      now(), now(), 1
                 FROM unnest(%(ids)s::int[]) a(id)
                CROSS JOIN generate_series(0, %(asked)s - 1) p
                CROSS JOIN question q
                CROSS JOIN LATERAL (SELECT (floor(random() * 4) * a.id / a.id)::int
                                           AS pick) r
               RETURNING id)
           INSERT INTO callcenter_quiz_attempt_key (item_id, key)
           SELECT id, '{"right": [0]}'::jsonb FROM item""",
        {"topic": topic.id, "ids": ids, "asked": asked},
    )
    for table in ("attempt", "attempt_item", "attempt_key"):
        env.cr.execute(f"ANALYZE callcenter_quiz_{table}")
    env.invalidate_all()


@bench(PLAIN, unit="answers/s")
def plain(context):
    return figures(context)["plain"]


@bench("statistics of all questions", unit="answers/s", reference=PLAIN)
def ours(context):
    return figures(context)["ours"]
