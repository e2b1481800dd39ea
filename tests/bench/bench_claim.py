"""Handing out a client: the model against plain SQL, in a small and a large queue."""

import os
import random
import statistics
import threading
import time
from functools import cache
from itertools import cycle

from claim_queue import ZONES, Queue, environment, registry
from registry import bench

SMALL, LARGE = 10_000, int(os.environ.get("LARGE", "1000000"))
CLAIMS = 400
UPDATE = """
UPDATE callcenter_campaign_contact
   SET state = 'claimed', write_date = now() AT TIME ZONE 'UTC'
 WHERE id = (SELECT id FROM callcenter_campaign_contact
              WHERE campaign_id = %(campaign)s AND timezone = %(zone)s
                AND state = 'queued' AND next_call_at IS NULL
                AND reserved_employee_id IS NULL
              ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id
"""
INSERT = (
    f"WITH taken AS ({UPDATE}, campaign_id, company_id, partner_id, phone)"  # noqa: S608
    """
INSERT INTO callcenter_call_claim (
    contact_id, campaign_id, company_id, partner_id, phone, employee_id, user_id,
    state, attempt_no, claimed_at, lease_expires_at)
SELECT id, campaign_id, company_id, partner_id, phone, %(employee)s, %(user)s,
       'preview', 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
  FROM taken
RETURNING id
"""
)
TAKE = """
WITH taken AS (
    UPDATE callcenter_campaign_contact
       SET state = 'claimed', write_date = now() AT TIME ZONE 'UTC'
     WHERE id = %(contact)s
 RETURNING id, campaign_id, company_id, partner_id, phone)
INSERT INTO callcenter_call_claim (
    contact_id, campaign_id, company_id, partner_id, phone, employee_id, user_id,
    state, attempt_no, claimed_at, lease_expires_at)
SELECT id, campaign_id, company_id, partner_id, phone, %(employee)s, %(user)s,
       'preview', 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
  FROM taken
"""


def blockers_class():
    from odoo.addons.callcenter_ops.models.desk.campaign_blockers import (
        CampaignBlockers,
    )

    return CampaignBlockers


class MeasuredQueue(Queue):
    """The ways in which its clients can be handed out, each with its rate."""

    def claim(self):
        """One hand-out with its commit, as a request does it; its seconds."""
        start = time.perf_counter()
        with registry(self.context).cursor() as cr:
            self.hand_out(cr)
        seconds = time.perf_counter() - start
        with registry(self.context).cursor() as cr:
            cr.execute("DELETE FROM callcenter_call_claim")
        return seconds

    def hand_out(self, cr):
        desk = environment(cr, self.user_id)["callcenter.desk"]
        employee, held, has_reserved = desk._get_session()
        today = employee.company_id._callcenter_today()
        claims = desk._claims()
        if held or employee._get_cached_callcenter_blockers(today):
            raise RuntimeError("the operator may not be handed anybody")
        plans = desk._get_terms(employee, today, self.campaign_ids)
        blocked = blockers_class()(desk.env, employee, today).is_blocked
        if not claims._claim_next(employee, plans, blocked, has_reserved):
            raise RuntimeError("nobody was handed out")

    def rate_kept_open(self):
        """The same hand-outs without the pool: one cursor, a commit after each."""
        times = []
        with registry(self.context).cursor() as cr:
            for _claim in range(CLAIMS):
                start = time.perf_counter()
                self.hand_out(cr)
                cr.commit()
                times.append(time.perf_counter() - start)
                cr.execute("DELETE FROM callcenter_call_claim")
                cr.commit()
        return 1 / statistics.median(times)

    def rate_of_claims(self):
        self.claim()  # the first one pays for caches
        return 1 / statistics.median(self.claim() for _claim in range(CLAIMS))

    def rate_through_pool(self):
        """The plain UPDATE by a cursor of Odoo's, whose pool forgets all plans."""
        draw = random.Random(1)

        def claim():
            values = {
                "campaign": draw.choice(self.campaign_ids),
                "zone": draw.choice(ZONES),
            }
            start = time.perf_counter()
            with registry(self.context).cursor() as cr:
                cr.execute(UPDATE, values)
            return time.perf_counter() - start

        return 1 / statistics.median(claim() for _claim in range(CLAIMS))

    def record_choices(self, count=40):
        """Choices of the next client as the model words them, all rules in them."""
        found = []

        def note(_cursor, query, params, _start, _delay):
            if "SKIP LOCKED" in query:
                found.append((query[query.index("WITH") :], params))

        thread = threading.current_thread()
        thread.query_hooks = [note]
        try:
            for _choice in range(count):
                with registry(self.context).cursor() as cr:
                    # Nothing is prepared then: the statements go out as texts.
                    cr.connection.callcenter_keeps_plans = False
                    self.hand_out(cr)
                    cr.rollback()
                    del cr.connection.callcenter_keeps_plans
        finally:
            thread.query_hooks = []
        return found

    def rate_of_same(self):
        """The model's own choice, the claim and the commit, without Odoo."""
        choices = cycle(self.record_choices())
        owner = {"employee": self.employee_id, "user": self.user_id}
        with self.context.connection() as connection, connection.cursor() as cursor:

            def claim():
                choice = cursor.mogrify(*next(choices))
                start = time.perf_counter()
                cursor.execute(choice)
                cursor.execute(TAKE, owner | {"contact": cursor.fetchone()[0]})
                connection.commit()
                seconds = time.perf_counter() - start
                cursor.execute("DELETE FROM callcenter_call_claim")
                connection.commit()
                return seconds

            claim()
            return 1 / statistics.median(claim() for _claim in range(CLAIMS))

    def rate_of_plain(self, statement):
        """The same queue, table and indexes without Odoo and without any rule."""
        draw = random.Random(1)
        with self.context.connection() as connection, connection.cursor() as cursor:

            def claim():
                values = {
                    "campaign": draw.choice(self.campaign_ids),
                    "zone": draw.choice(ZONES),
                    "employee": self.employee_id,
                    "user": self.user_id,
                }
                start = time.perf_counter()
                cursor.execute(statement, values)
                if not cursor.fetchone():
                    raise RuntimeError("the benchmark's queue ran empty")
                connection.commit()
                seconds = time.perf_counter() - start
                cursor.execute("DELETE FROM callcenter_call_claim")
                connection.commit()
                return seconds

            claim()
            return 1 / statistics.median(claim() for _claim in range(CLAIMS))


@cache
def rates(context, count):
    """Claims a second, by the ways they are made; all in one queue."""
    with MeasuredQueue(context, count) as queue:
        return {
            UPDATE: queue.rate_of_plain(UPDATE),
            INSERT: queue.rate_of_plain(INSERT),
            "same": queue.rate_of_same(),
            "pool": queue.rate_through_pool(),
            "model": queue.rate_of_claims(),
            "open": queue.rate_kept_open(),
        }


def _register(count, words):
    plain = f"plain UPDATE ... SKIP LOCKED, {words}"
    same = f"plain psycopg2: the same choice by all rules, claim, commit, {words}"
    bench(plain, unit="claims/s")(lambda context: rates(context, count)[UPDATE])
    bench(same, unit="claims/s")(lambda context: rates(context, count)["same"])
    for name, way in (
        ("plain UPDATE with the INSERT of the claim", INSERT),
        ("plain UPDATE by a cursor of Odoo's pool", "pool"),
        ("claim_next on the model, all rules on", "model"),
        ("claim_next in one cursor kept open", "open"),
    ):
        _compare(f"{name}, {words}", plain, count, way)
    for name, way in (
        ("claim_next beside psycopg2 with the same rules", "model"),
        ("claim_next in one cursor beside it", "open"),
    ):
        _compare(f"{name}, {words}", same, count, way)


def _compare(name, reference, count, way):
    bench(name, unit="claims/s", reference=reference)(
        lambda context: rates(context, count)[way]
    )


_register(SMALL, "queue of 10 000 clients")
_register(LARGE, "queue of 1 000 000 clients")
