"""The question bank at size: all templates over a large catalogue.

``BENCH_PRODUCTS`` changes the size (20 000 products, some 340 000 facts, is the figure
to hold).
"""

import os
import time

from registry import bench
from training_catalogue import build_catalogue

PRODUCTS = int(os.environ.get("BENCH_PRODUCTS", 8_000))
COPY = "INSERT ... SELECT of the same facts"
COPY_KEYS = "INSERT ... SELECT of the same facts, foreign keys too"
_figures = {}


def figures(context):
    """All rates of one run on one catalogue, which is too dear to build for each."""
    if not _figures:
        with context.env() as env:
            measure(env)
    return _figures


def measure(env):
    from odoo.addons.callcenter_training.models.bank.fact_builder import FactBuilder

    product_ids = build_catalogue(env, PRODUCTS)
    templates = env["callcenter.question.template"].search([])
    start = time.perf_counter()
    count = FactBuilder(env).rebuild(templates)
    _figures["build"] = count / (time.perf_counter() - start)
    env.cr.execute("ANALYZE callcenter_fact")
    _figures["copy"] = plain_copy(env, "bench_fact")
    _figures["copy_keys"] = plain_copy(env, "bench_fact_keys", get_keys(env))
    product = env["product.template"].browse(product_ids[77])
    _figures["change"] = repeat(env, lambda n: change_price(product, n), 20)
    _figures["start"] = start_attempts(env)


def plain_copy(env, table, keys=()):
    """Facts a second into a bare table with the indexes of facts, and ``keys``."""
    env.cr.execute(f"CREATE TABLE {table} (LIKE callcenter_fact INCLUDING ALL)")
    for key in keys:
        env.cr.execute(f"ALTER TABLE {table} ADD {key}")
    start = time.perf_counter()
    env.cr.execute(f"INSERT INTO {table} SELECT * FROM callcenter_fact")  # noqa: S608
    return env.cr.rowcount / (time.perf_counter() - start)


def get_keys(env):
    """The foreign keys of facts, as a CREATE TABLE leaves them out."""
    env.cr.execute(
        """SELECT pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = 'callcenter_fact'::regclass AND contype = 'f'"""
    )
    return [key for (key,) in env.cr.fetchall()]


def change_price(product, number):
    product.list_price = 50_000 + number
    product.env.flush_all()


def start_attempts(env):
    from odoo.addons.callcenter_training.models.quiz.quiz_draw import QuizDraw

    quiz = env["callcenter.quiz"].create({"name": "Bench", "avoid_attempts": 0})
    for number in range(4):
        env["callcenter.quiz.section"].create(
            {"quiz_id": quiz.id, "name": f"Part {number}", "question_count": 10}
        )
    user = env.ref("base.user_admin")
    people = env["hr.employee"].create(
        [{"name": f"Bench {number}"} for number in range(21)]
    )

    def start(number):
        employee = people[number]
        values = env["callcenter.quiz.attempt"]._prepare_attempt_values(
            quiz, employee, "exam", env.cr.now()
        )
        attempt = (
            env["callcenter.quiz.attempt"]
            ._in_transition()
            .create(values | {"user_id": user.id})
        )
        QuizDraw(attempt).fill()
        env.flush_all()

    return repeat(env, start, 20)


def repeat(env, function, times):
    """The median rate of ``function(n)``; the first call pays for the caches."""
    function(times)
    spent = []
    for number in range(times):
        env.invalidate_all()
        start = time.perf_counter()
        function(number)
        spent.append(time.perf_counter() - start)
    return 1 / sorted(spent)[times // 2]


@bench(COPY, unit="facts/s")
def copy_facts(context):
    return figures(context)["copy"]


@bench("full build of the question bank", unit="facts/s", reference=COPY)
def build_facts(context):
    return figures(context)["build"]


@bench(COPY_KEYS, unit="facts/s")
def copy_facts_with_keys(context):
    return figures(context)["copy_keys"]


@bench("full build beside a copy with keys", unit="facts/s", reference=COPY_KEYS)
def build_facts_with_keys(context):
    return figures(context)["build"]


@bench("one changed product of the catalogue (50 ms = 20/s)", unit="products/s")
def change_one(context):
    return figures(context)["change"]


@bench("start of 40 questions from the whole bank (100 ms = 10/s)", unit="starts/s")
def start_one(context):
    return figures(context)["start"]
