"""Results over HTTP: fifty desks at once against the smallest call under that load.

WORKERS=2 bin/bench desk measures a server with two workers; CALLS= sets how many
results are sent (2 000). The books must balance afterwards, or the benchmark fails.
"""

import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache

from claim_queue import Queue, build_operator, environment, registry
from cpu import spent
from registry import bench

CLIENTS = 50
CALLS = int(os.environ.get("CALLS", "2000"))
SMALLEST = "context_get over HTTP, 50 clients"
BALANCE = """
SELECT count(*), count(DISTINCT claim_ref),
       (SELECT sum(attempt_count) FROM callcenter_campaign_contact
         WHERE campaign_id = ANY(%(campaigns)s))
  FROM callcenter_call WHERE campaign_id = ANY(%(campaigns)s)
"""


def build_operators(context):
    with registry(context).cursor() as cr:
        env = environment(cr)
        return [
            build_operator(env, f"bench_desk_{number}").user_id.login
            for number in range(CLIENTS)
        ]


def sign_in(context, logins):
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda login: context.rpc(login, login), logins))


class Load:
    """All clients ask at the same time; the seconds of every single request."""

    def __init__(self, rpcs, amount):
        self.rpcs, self.each = rpcs, amount // len(rpcs)

    def run(self, work):
        """``(requests a second, 99th percentile)`` of ``work(rpc)`` generators."""
        start = time.perf_counter()
        with ThreadPoolExecutor(len(self.rpcs)) as pool:
            times = [
                t for part in pool.map(self._client(work), self.rpcs) for t in part
            ]
        rate = len(times) / (time.perf_counter() - start)
        return rate, statistics.quantiles(times, n=100)[98]

    def _client(self, work):
        def client(rpc):
            times, steps = [], work(rpc)
            for _request in range(self.each):
                start = time.perf_counter()
                next(steps)
                times.append(time.perf_counter() - start)
            return times

        return client


def ask(rpc, *call):
    """The answer; asked again where the full queue of the server turned us away.

    The waiting counts, and a desk may be asked the same twice.
    """
    while True:
        with suppress(OSError):
            return rpc.call(*call)
        time.sleep(0.01)


def smallest(rpc):
    while True:
        yield ask(rpc, "res.users", "context_get")


def results(leads_every):
    """Results of one desk; each brings the next client."""

    def work(rpc):
        claim, number = ask(rpc, "callcenter.desk", "claim_next")["claim"], 0
        while True:
            number += 1
            code = "interested" if leads_every and not number % leads_every else ""
            code = code or "no_answer"
            answer = ask(rpc, "callcenter.desk", "finish_call", claim["id"], code, {})
            claim = answer["claim"]
            yield answer["saved"]["call_id"]

    return work


@cache
def rates(context):
    logins = build_operators(context)
    with Queue(context, 20_000 + 2 * CALLS) as queue:
        rpcs = sign_in(context, logins)
        load = Load(rpcs, CALLS)
        Load(rpcs, CLIENTS).run(smallest)
        found = {"smallest": run(context, load, smallest, "smallest")}
        found["plain"] = run(context, load, results(0), "plain")
        release(queue)
        found["leads"] = run(context, load, results(10), "leads")
        check_books(queue, 2 * load.each * CLIENTS)
        release(queue)
    return found


def run(context, load, work, name):
    """Run ``work``; its rate, its slowest and its processor time are printed."""
    pid = int(os.environ["BENCH_SERVER_PID"])
    before = spent(pid, context.database)
    rate, slowest = load.run(work)
    after = spent(pid, context.database)
    requests = load.each * len(load.rpcs)
    server, backends = (
        1000 * (late - early) / requests
        for early, late in zip(before, after, strict=True)
    )
    print(
        f"    {name}: {rate:.0f}/s, p99 {slowest * 1000:.0f} ms, processor a request:"
        f" server {server:.1f} ms, PostgreSQL {backends:.1f} ms",
        flush=True,
    )
    return rate, slowest


def release(queue):
    with registry(queue.context).cursor() as cr:
        env = environment(cr)
        env["callcenter.call.claim"].search([])._return_to_queue()


def check_books(queue, sent):
    with queue.context.connection() as connection, connection.cursor() as cursor:
        cursor.execute(BALANCE, {"campaigns": queue.campaign_ids})
        books = cursor.fetchone()
    if books != (sent, sent, sent):
        raise RuntimeError(f"{sent} results sent, calls, claims, attempts: {books}")


@bench(SMALLEST, unit="calls/s")
def smallest_call(context):
    return rates(context)["smallest"][0]


@bench(
    "finish_call with the next client, 50 desks", unit="results/s", reference=SMALLEST
)
def plain_results(context):
    return rates(context)["plain"][0]


@bench("the same, every tenth makes a lead", unit="results/s", reference=SMALLEST)
def results_with_leads(context):
    return rates(context)["leads"][0]
