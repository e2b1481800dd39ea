"""Many people taking a quiz at the same moment over HTTP: no error, no lost answer.

``BENCH_PEOPLE`` changes the crowd (200 is the figure to hold).
"""

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor

from registry import bench

PEOPLE = int(os.environ.get("BENCH_PEOPLE", 60))
ASKED = 10
LOGIN = "bench_crowd_"
PASSWORD = "bench-crowd"
# As in static/src/quiz/quiz.js.
RETRY_DELAYS = (1, 2, 4, 8, 16)


def prepare(database):
    """The people, a catalogue and a quiz, kept in the benchmark's own database."""
    from odoo import SUPERUSER_ID
    from odoo.api import Environment
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        group = env.ref("callcenter_ops.group_operator")
        users = env["res.users"].create(
            [
                {
                    "name": f"Crowd {number}",
                    "login": f"{LOGIN}{number}",
                    "group_ids": [(4, group.id)],
                }
                for number in range(PEOPLE)
            ]
        )
        users[0].password = PASSWORD
        env.flush_all()
        # One hash for all: hashing for everybody would take minutes.
        cr.execute(
            """UPDATE res_users SET password =
                      (SELECT password FROM res_users WHERE id = %s)
                WHERE id = ANY(%s)""",
            [users[0].id, users.ids],
        )
        env["hr.employee"].create(
            [{"name": user.name, "user_id": user.id} for user in users]
        )
        env["product.template"].create(
            [{"name": f"Crowd {n}", "list_price": 100 + n} for n in range(60)]
        )
        template = env.ref("callcenter_training.question_template_price")
        section = {
            "name": "Prices",
            "question_count": ASKED,
            "template_ids": [(6, 0, template.ids)],
        }
        quiz = env["callcenter.quiz"].create(
            {"name": "Crowd", "time_limit": 60, "section_ids": [(0, 0, section)]}
        )
        quiz._transition({"state": "in_force"})
        return quiz.id


def insist(rpc, *call):
    """The same call again while the connection is refused, as the screen does it.

    Two workers listen for few connections at once; what they refused is sent anew,
    what they answered with an error is not.
    """
    for delay in RETRY_DELAYS:
        try:
            return rpc.call("callcenter.quiz.runner", *call)
        except OSError:  # noqa: PERF203  (the wait is dearer)
            time.sleep(delay * (0.5 + random.random()))
    return rpc.call("callcenter.quiz.runner", *call)


def take(rpc, quiz_id):
    """One person's whole quiz. :return: answers sent"""
    sent = 0
    status = insist(rpc, "start", quiz_id)
    shown = insist(rpc, "question", status["attempt_id"])
    while "nonce" in shown:
        shown = insist(
            rpc, "answer", shown["attempt_id"], shown["position"], [0], shown["nonce"]
        )
        sent += 1
    result = insist(rpc, "submit", status["attempt_id"])
    if result["state"] != "submitted":
        raise RuntimeError("an attempt stayed open")
    return sent


def stored(context, quiz_id):
    with context.connection() as connection, connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM callcenter_quiz_attempt_item i
                 JOIN callcenter_quiz_attempt a ON a.id = i.attempt_id
                WHERE a.quiz_id = %s AND i.answered_at IS NOT NULL
                  AND a.state = 'submitted'""",
            [quiz_id],
        )
        return cursor.fetchone()[0]


@bench("a crowd taking a quiz at once, no answer lost", unit="answers/s")
def crowd(context):
    quiz_id = prepare(context.database)
    people = [context.rpc(f"{LOGIN}{n}", PASSWORD) for n in range(PEOPLE)]
    start = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        sent = sum(pool.map(lambda rpc: take(rpc, quiz_id), people))
    spent = time.perf_counter() - start
    if sent != PEOPLE * ASKED or stored(context, quiz_id) != sent:
        raise RuntimeError(f"{sent} sent, {stored(context, quiz_id)} stored")
    return sent / spent
