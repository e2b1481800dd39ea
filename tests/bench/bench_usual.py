"""The usual way to hand out work in Odoo, beside ours: several desks at once.

The usual way is to search for one free record and to write oneself on it.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from claim_queue import Queue, build_operator, environment, registry
from registry import bench

DESKS, EACH = 8, 40
USUAL = "search one free lead and write the user on it, 8 desks"


def build_users(context, prefix):
    with registry(context).cursor() as cr:
        env = environment(cr)
        return [build_operator(env, f"{prefix}_{n}").user_id.id for n in range(DESKS)]


def build_leads(context):
    with registry(context).cursor() as cr:
        values = [
            {"name": f"Bench lead {number}", "user_id": False}
            for number in range(DESKS * EACH)
        ]
        return environment(cr)["crm.lead"].create(values).ids


def take_lead(context, user_id):
    """One hand-out; the lead, or None after a serialisation failure."""
    from psycopg2.errors import SerializationFailure

    try:
        with registry(context).cursor() as cr:
            leads = environment(cr)["crm.lead"]
            free = [("name", "like", "Bench lead"), ("user_id", "=", False)]
            lead = leads.search(free, order="id", limit=1)
            lead.user_id = user_id
        return lead.id
    except SerializationFailure:
        return None


def take_client(context, campaign_ids, user_id):
    """One hand-out by the desk; the contact, or None after a failure."""
    from psycopg2.errors import SerializationFailure

    try:
        with registry(context).cursor() as cr:
            desk = environment(cr, user_id)["callcenter.desk"]
            employee = desk._get_operator()
            today = employee.company_id._callcenter_today()
            plans = desk._get_terms(employee, today, campaign_ids)
            claim = desk._claims()._claim_next(employee, plans)
            contact_id = claim.contact_id.id
            claim._end()
        return contact_id
    except SerializationFailure:
        return None


def all_at_once(take, user_ids):
    """``(hand-outs a second, failures, doubles)``; each desk takes ``EACH``."""

    def work(user_id):
        taken, failed = [], 0
        while len(taken) < EACH:
            record_id = take(user_id)
            if record_id:
                taken.append(record_id)
            else:
                failed += 1
        return taken, failed

    start = time.perf_counter()
    with ThreadPoolExecutor(DESKS) as pool:
        done = list(pool.map(work, user_ids))
    seconds = time.perf_counter() - start
    taken = [record_id for part, _failed in done for record_id in part]
    failed = sum(failed for _part, failed in done)
    return len(taken) / seconds, failed, len(taken) - len(set(taken))


@cache
def rates(context):
    lead_ids = build_leads(context)
    users = build_users(context, "bench_usual")
    usual = all_at_once(lambda user: take_lead(context, user), users)
    with registry(context).cursor() as cr:
        environment(cr)["crm.lead"].browse(lead_ids).unlink()
    with Queue(context, 10_000) as queue:
        own = all_at_once(
            lambda user: take_client(context, queue.campaign_ids, user), users
        )
    for name, (_rate, failed, doubles) in {"usual": usual, "desk": own}.items():
        print(f"    {name}: {failed} serialisation failures, {doubles} doubles")
    return {"usual": usual[0], "own": own[0]}


@bench(USUAL, unit="records/s")
def usual_way(context):
    return rates(context)["usual"]


@bench("claim and end of a claim, 8 desks", unit="records/s", reference=USUAL)
def own_way(context):
    return rates(context)["own"]
