"""Handing out a client: the model against plain SQL, in a small and a large queue."""

import os
import random
import statistics
import time
from functools import cache

from registry import bench

CAMPAIGNS = 20
SMALL, LARGE = 10_000, int(os.environ.get("LARGE", "1000000"))
CLAIMS = 400
ZONES = ["Asia/Yekaterinburg", "Europe/Moscow", "Asia/Omsk", "Asia/Vladivostok"]

MAKE_CLIENTS = """
INSERT INTO res_partner (name, complete_name, active, type, lang, phone,
       phone_sanitized, company_id, create_date, write_date, partner_share, color)
SELECT 'Bench client ' || i, 'Bench client ' || i, true, 'contact', 'en_US', p, p,
       NULL, now(), now(), true, 0
  FROM generate_series(1, %(count)s) i,
       LATERAL (SELECT '+7' || (3000000000 + i)::text AS p) n
"""
MAKE_QUEUE = """
INSERT INTO callcenter_campaign_contact (campaign_id, company_id, partner_id, phone,
       timezone, state, attempt_count, priority, create_date, write_date)
SELECT (%(campaigns)s::int[])[1 + mod(row_number() OVER (ORDER BY id), %(number)s)],
       %(company)s, id, phone_sanitized,
       (%(zones)s::text[])[1 + mod(id / %(number)s, %(zone_count)s)],
       'queued', 0, mod(id, 3), now(), now()
  FROM res_partner WHERE name LIKE 'Bench client %%'
"""
# All have agreed, and the lists of those who must not be called are long.
MAKE_RULES = """
INSERT INTO callcenter_consent (partner_id, company_id, kind, date, source,
       text_version, create_date, write_date)
SELECT id, %(company)s, 'advertising', now(), 'paper', '1', now(), now()
  FROM res_partner WHERE name LIKE 'Bench client %%';
INSERT INTO callcenter_stop_entry (phone_hash, company_id, reason, date, create_date,
       write_date)
SELECT encode(sha256(convert_to('bench' || i, 'UTF8')), 'hex'), %(company)s, 'bench',
       now(), now(), now()
  FROM generate_series(1, %(count)s / 50) i;
"""
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
DROP = """
DELETE FROM callcenter_call_claim WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_call WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_operator_state WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_workstation WHERE employee_id = %(employee)s;
DELETE FROM callcenter_campaign_contact WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_campaign WHERE id = ANY(%(campaigns)s);
DELETE FROM callcenter_stop_entry WHERE reason = 'bench';
DELETE FROM callcenter_consent WHERE partner_id IN (
       SELECT id FROM res_partner WHERE name LIKE 'Bench client %%');
ALTER TABLE res_partner DISABLE TRIGGER ALL;
DELETE FROM res_partner WHERE name LIKE 'Bench client %%';
ALTER TABLE res_partner ENABLE TRIGGER ALL;
"""


def registry(context):
    from odoo.modules.registry import Registry

    return Registry(context.database)


def blockers_class():
    from odoo.addons.callcenter_ops.models.calling.desk_session import CampaignBlockers

    return CampaignBlockers


def environment(cr, uid=1):
    from odoo.api import Environment

    return Environment(cr, uid, {"allowed_company_ids": [1]})


def build_operator(env, login="bench_operator"):
    user = env["res.users"].create(
        {
            "name": login,
            "login": login,
            "password": login,
            "group_ids": [(4, env.ref("callcenter_ops.group_operator").id)],
        }
    )
    employee = env["hr.employee"].create({"name": login, "user_id": user.id})
    employee._transition({"callcenter_status": "appointed"})
    env["callcenter.workstation"].create({"name": login, "employee_id": employee.id})
    return employee


def build_campaigns(env):
    version = {
        "date_from": "2020-01-01",
        "workday_from": 0,
        "workday_to": 24,
        "dayoff_from": 0,
        "dayoff_to": 24,
        "consent_kind": "advertising",
        "spares_protected": True,
    }
    rules = env["callcenter.rule.set"].create(
        {"name": "Bench", "version_ids": [(0, 0, version)]}
    )
    campaigns = env["callcenter.campaign"].create(
        [
            {"name": f"Bench {number}", "rule_set_id": rules.id, "priority": "2"}
            for number in range(CAMPAIGNS)
        ]
    )
    campaigns._transition({"state": "running"})
    campaigns.zones = ZONES
    return campaigns


class Queue:
    """A queue of ``count`` clients in twenty campaigns; gone when the block ends."""

    def __init__(self, context, count):
        self.context, self.count = context, count

    def __enter__(self):
        with registry(self.context).cursor() as cr:
            env = environment(cr)
            employee = build_operator(env)
            self.employee_id, self.user_id = employee.id, employee.user_id.id
            self.campaign_ids = build_campaigns(env).ids
            env.flush_all()
            cr.execute(MAKE_CLIENTS, {"count": self.count})
            cr.execute(
                MAKE_QUEUE,
                {
                    "campaigns": self.campaign_ids,
                    "number": CAMPAIGNS,
                    "company": env.company.id,
                    "zones": ZONES,
                    "zone_count": len(ZONES),
                },
            )
            cr.execute(MAKE_RULES, {"company": env.company.id, "count": self.count})
        self.analyze()
        return self

    def __exit__(self, *error):
        with registry(self.context).cursor() as cr:
            env = environment(cr)
            cr.execute(
                DROP,
                {"campaigns": self.campaign_ids, "employee": self.employee_id},
            )
            employee = env["hr.employee"].browse(self.employee_id)
            user = employee.user_id
            partner = user.partner_id
            employee._in_transition().unlink()
            user.unlink()
            partner.unlink()

    def analyze(self):
        with self.context.connection() as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE callcenter_campaign_contact")
                cursor.execute("ANALYZE res_partner")
                cursor.execute("ANALYZE callcenter_consent")
                cursor.execute("ANALYZE callcenter_stop_entry")

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
        employee = desk._get_operator()
        today = employee.company_id._callcenter_today()
        claims = desk._claims()
        held, has_reserved = claims._look_in_hand(employee)
        if held or employee._recall_callcenter_blockers(today):
            raise RuntimeError("the operator may not be handed anybody")
        plans = desk._get_plans(employee, today, self.campaign_ids)
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
    with Queue(context, count) as queue:
        return {
            UPDATE: queue.rate_of_plain(UPDATE),
            INSERT: queue.rate_of_plain(INSERT),
            "pool": queue.rate_through_pool(),
            "model": queue.rate_of_claims(),
            "open": queue.rate_kept_open(),
        }


def _register(count, words):
    plain = f"plain UPDATE ... SKIP LOCKED, {words}"
    bench(plain, unit="claims/s")(lambda context: rates(context, count)[UPDATE])
    bench(
        f"claim_next on the model, all rules on, {words}",
        unit="claims/s",
        reference=plain,
    )(lambda context: rates(context, count)["model"])
    bench(
        f"the same in one cursor kept open, {words}",
        unit="claims/s",
        reference=plain,
    )(lambda context: rates(context, count)["open"])
    bench(
        f"plain UPDATE with the INSERT of the claim, {words}",
        unit="claims/s",
        reference=plain,
    )(lambda context: rates(context, count)[INSERT])

    bench(
        f"plain UPDATE by a cursor of Odoo's pool, {words}",
        unit="claims/s",
        reference=plain,
    )(lambda context: rates(context, count)["pool"])


_register(SMALL, "queue of 10 000 clients")
_register(LARGE, "queue of 1 000 000 clients")
