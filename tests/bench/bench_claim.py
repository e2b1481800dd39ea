"""Handing out a client: the model against plain SQL, in a small and a large queue."""

import statistics
import time

from registry import bench

CAMPAIGNS = 20
SMALL, LARGE = 10_000, 1_000_000
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
       (%(zones)s::text[])[1 + mod(id, %(zone_count)s)], 'queued', 0, mod(id, 3),
       now(), now()
  FROM res_partner WHERE name LIKE 'Bench client %%'
"""
DROP = """
DELETE FROM callcenter_call_claim WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_campaign_contact WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_campaign WHERE id = ANY(%(campaigns)s);
ALTER TABLE res_partner DISABLE TRIGGER ALL;
DELETE FROM res_partner WHERE name LIKE 'Bench client %%';
ALTER TABLE res_partner ENABLE TRIGGER ALL;
"""


def registry(context):
    from odoo.modules.registry import Registry

    return Registry(context.database)


def environment(cr, uid=1):
    from odoo.api import Environment

    return Environment(cr, uid, {})


def build_operator(env):
    user = env["res.users"].create(
        {
            "name": "Bench operator",
            "login": "bench_operator",
            "group_ids": [(4, env.ref("callcenter_ops.group_operator").id)],
        }
    )
    employee = env["hr.employee"].create({"name": "Bench", "user_id": user.id})
    employee._transition({"callcenter_status": "appointed"})
    return employee


def build_campaigns(env):
    version = {
        "date_from": "2020-01-01",
        "workday_from": 0,
        "workday_to": 24,
        "dayoff_from": 0,
        "dayoff_to": 24,
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
            self.employee_id = build_operator(env).id
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
        self.analyze()
        return self

    def __exit__(self, *error):
        with registry(self.context).cursor() as cr:
            env = environment(cr)
            cr.execute(DROP, {"campaigns": self.campaign_ids})
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

    def claim(self):
        """One hand-out with its commit, as a request does it; its seconds."""
        start = time.perf_counter()
        with registry(self.context).cursor() as cr:
            env = environment(cr)
            employee = env["hr.employee"].search_fetch(
                [("id", "=", self.employee_id)], ["user_id", "company_id"]
            )
            today = employee.company_id._callcenter_today()
            claims = env["callcenter.call.claim"]
            if claims._get_own(employee):
                raise RuntimeError("the operator holds a client already")
            plans = env["callcenter.campaign"]._get_open_plans(employee, today)
            claim = claims._claim_next(employee, plans)
            if not claim:
                raise RuntimeError("nobody was handed out")
        seconds = time.perf_counter() - start
        with registry(self.context).cursor() as cr:
            cr.execute("DELETE FROM callcenter_call_claim")
        return seconds


def rate_of_claims(context, count):
    with Queue(context, count) as queue:
        queue.claim()  # the first one pays for caches
        times = [queue.claim() for _claim in range(CLAIMS)]
    return 1 / statistics.median(times)


@bench(
    "claim_next on the model, 10 000 clients",
    unit="claims/s",
    reference="one claim in plain psycopg2",
)
def claim_small(context):
    return rate_of_claims(context, SMALL)


@bench(
    "claim_next on the model, 1 000 000 clients",
    unit="claims/s",
    reference="one claim in plain psycopg2",
)
def claim_large(context):
    return rate_of_claims(context, LARGE)
