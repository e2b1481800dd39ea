"""What keeping the figures adds to the result of a call, end to end at the desk."""

import statistics
import time
from functools import cache

from bench_supervision import prepare_calls
from claim_queue import Queue, build_operator, environment, registry
from registry import bench

RESULTS = 300
WITHOUT = "finish_call with the next client, figures not kept"


@cache
def _measure(context):
    """Medians of results with and without figures, in turns on one desk."""
    times = {True: [], False: []}
    with registry(context).cursor() as cr:
        # Not the queue's own operator: who has report sheets stays.
        user_id = build_operator(environment(cr), "bench_upkeep").user_id.id
    with Queue(context, 4 * RESULTS), registry(context).cursor() as cr:
        desk = environment(cr, user_id)["callcenter.desk"]
        stats = type(desk.env["callcenter.call.stat"])
        book = stats._add_calls
        claim = desk.claim_next()["claim"]
        try:
            for number in range(2 * RESULTS):
                is_kept = bool(number % 2)
                stats._add_calls = book if is_kept else _keep_nothing
                start = time.perf_counter()
                claim = desk.finish_call(claim["id"], "no_answer", {})["claim"]
                cr.commit()
                times[is_kept].append(time.perf_counter() - start)
        finally:
            stats._add_calls = book
    return {kept: 1 / statistics.median(values) for kept, values in times.items()}


def _keep_nothing(self, call_ids, sign=1, has_goods=True):
    """In place of the booking of a call: no operator's day has changed."""
    return []


@bench(WITHOUT, unit="results/s")
def without_figures(context):
    return _measure(context)[False]


@bench("finish_call with the next client and its figures", "results/s", WITHOUT)
def with_figures(context):
    return _measure(context)[True]


SAVE_CALL = "a call saved without its figures"


def _save_calls(context, with_figures):
    """One call after another through the ORM, as a desk saves it."""
    with context.env() as env:
        prepare_calls(env)
        env["callcenter.call.stat"]._rebuild()
        vals = _prepare_call(env)
        stats = type(env["callcenter.call.stat"])
        book = stats._add_calls
        if not with_figures:
            stats._add_calls = _keep_nothing
        try:
            return context.rate(lambda: env["callcenter.call"].create(dict(vals)))
        finally:
            stats._add_calls = book


def _prepare_call(env):
    call = env["callcenter.call"].search([], limit=1)
    return {
        "employee_id": call.employee_id.id,
        "company_id": call.company_id.id,
        "partner_id": call.partner_id.id,
        "disposition_id": call.disposition_id.id,
        "started_at": "2025-12-31 06:00:00",
        "ended_at": "2025-12-31 06:02:00",
        "talk_seconds": 90,
        "wrap_seconds": 20,
    }


@bench(SAVE_CALL, unit="calls/s")
def save_call(context):
    return _save_calls(context, with_figures=False)


@bench("a call saved with its figures", unit="calls/s", reference=SAVE_CALL)
def save_call_with_figures(context):
    return _save_calls(context, with_figures=True)
