"""Answering over HTTP, as the browser does, beside an empty request."""

import time

from registry import bench

QUESTIONS = 150
LOGIN = "bench_operator"


def prepare(database):
    """An operator, a catalogue and a quiz, kept in the benchmark's own database."""
    from odoo import SUPERUSER_ID
    from odoo.api import Environment
    from odoo.modules.registry import Registry

    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        user = env["res.users"].search([("login", "=", LOGIN)])
        if not user:
            user = env["res.users"].create(
                {
                    "name": "Bench operator",
                    "login": LOGIN,
                    "password": LOGIN,
                    "group_ids": [(4, env.ref("callcenter_ops.group_operator").id)],
                }
            )
            env["hr.employee"].create({"name": "Bench operator", "user_id": user.id})
            env["product.template"].create(
                [
                    {"name": f"Bench {n}", "list_price": 100 + n}
                    for n in range(QUESTIONS + 50)
                ]
            )
        quiz = env["callcenter.quiz"].create(
            {"name": "Bench", "time_limit": 60, "max_starts": 0, "cooldown_hours": 0}
        )
        env["callcenter.quiz.section"].create(
            {
                "quiz_id": quiz.id,
                "name": "Prices",
                "question_count": QUESTIONS,
                "template_ids": env["callcenter.question.template"]
                .search([("code", "=", "price")])
                .ids,
            }
        )
        quiz._transition({"state": "in_force"})
        return quiz.id


@bench(
    "one answer over HTTP, the next question with it",
    unit="answers/s",
    reference="res.users.context_get over HTTP",
)
def answer(context):
    quiz_id = prepare(context.database)
    rpc = context.rpc(LOGIN, LOGIN)
    runner = "callcenter.quiz.runner"
    status = rpc.call(runner, "start", quiz_id)
    shown = rpc.call(runner, "question", status["attempt_id"])
    spent = []
    while "nonce" in shown:
        start = time.perf_counter()
        shown = rpc.call(
            runner,
            "answer",
            shown["attempt_id"],
            shown["position"],
            [0],
            shown["nonce"],
        )
        spent.append(time.perf_counter() - start)
    return 1 / sorted(spent)[len(spent) // 2]
