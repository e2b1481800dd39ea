"""Questions, a quiz and people for the benchmarks of training."""


def make_ready_questions(env, count, topic=None):
    """``count`` ready written questions of four options. :return: their topic"""
    topic = topic or env["callcenter.topic"].create(
        {"name": "Bench", "code": f"bench_{count}"}
    )
    questions = env["callcenter.question"].create(
        [
            {
                "stem": f"Bench {number}",
                "topic_id": topic.id,
                "option_ids": [
                    (0, 0, {"text": f"Option {n}", "is_right": not n}) for n in range(4)
                ],
            }
            for number in range(count)
        ]
    )
    questions._transition({"state": "ready"})
    env.flush_all()
    return topic


def prepare_people(env, topic, asked):
    """A quiz of ``asked`` written questions and twenty people without an attempt."""
    quiz = env["callcenter.quiz"].create({"name": "Bench", "avoid_attempts": 0})
    env["callcenter.quiz.section"].create(
        {
            "quiz_id": quiz.id,
            "name": "All",
            "source": "questions",
            "topic_ids": [(6, 0, topic.ids)],
            "question_count": asked,
        }
    )
    people = env["hr.employee"].create([{"name": f"Bench {n}"} for n in range(20)])
    return quiz, people


def open_one(env, quiz, employee):
    """A whole attempt drawn and written, as a start does it."""
    from odoo.addons.callcenter_training.models.quiz.quiz_draw import QuizDraw

    model = env["callcenter.quiz.attempt"]
    values = model._prepare_attempt_values(quiz, employee, "exam", env.cr.now())
    attempt = model._in_transition().create(values | {"user_id": env.uid})
    QuizDraw(attempt).fill()
    env.flush_all()
    return attempt


def answer_many(env, quiz, topic, attempts, asked):
    """Closed attempts of different people, by SQL: the runner would take a day."""
    env.flush_all()
    env.cr.execute(
        """WITH person AS (
               INSERT INTO resource_resource (name, resource_type, time_efficiency, tz,
                      active, company_id)
               SELECT 'Bench ' || n, 'user', 100, 'UTC', TRUE, %(company)s
                 FROM generate_series(1, %(count)s) n RETURNING id)
           INSERT INTO hr_employee (name, resource_id, company_id, active,
                  callcenter_status)
           SELECT 'Bench', id, %(company)s, TRUE, 'candidate'
             FROM person RETURNING id""",
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
           ), letter AS (
               SELECT unnest(ARRAY['a', 'b', 'c', 'd']) AS text
           ), shuffled AS (
               SELECT row_number() OVER () - 1 AS number,
                      ARRAY[a.text, b.text, c.text, d.text] AS texts
                 FROM letter a, letter b, letter c, letter d
                WHERE a.text NOT IN (b.text, c.text, d.text)
                  AND b.text NOT IN (c.text, d.text) AND c.text <> d.text
           ), item AS (
               INSERT INTO callcenter_quiz_attempt_item (attempt_id, position,
                      question_id, kind, stem, options, response, fraction, seconds,
                      first_shown_at, answered_at, weight)
               SELECT a.id, p, q.ids[1 + (a.id * 131 + p * 61) %% cardinality(q.ids)],
                      'single', 'Bench', to_jsonb(s.texts), jsonb_build_array(r.pick),
                      (s.texts[1 + r.pick] = 'a')::int, 3 + r.pick * 4, now(), now(), 1
                 FROM unnest(%(ids)s::int[]) a(id)
                CROSS JOIN generate_series(0, %(asked)s - 1) p
                CROSS JOIN question q
                CROSS JOIN LATERAL (SELECT (floor(random() * 4) * a.id / a.id)::int
                                           AS pick) r
                 JOIN shuffled s ON s.number = (a.id * 7 + p * 5) %% 24
               RETURNING id, options)
           INSERT INTO callcenter_quiz_attempt_key (item_id, key)
           SELECT i.id, jsonb_build_object('right', jsonb_build_array(o.place - 1))
             FROM item i
            CROSS JOIN jsonb_array_elements_text(i.options)
                       WITH ORDINALITY AS o(text, place)
            WHERE o.text = 'a'""",
        {"topic": topic.id, "ids": ids, "asked": asked},
    )
    for table in ("attempt", "attempt_item", "attempt_key"):
        env.cr.execute(f"ANALYZE callcenter_quiz_{table}")
    env.invalidate_all()
