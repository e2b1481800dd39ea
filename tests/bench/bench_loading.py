"""Filling a campaign from the client base, and what memory that takes."""

import os
import resource
import time
from functools import cache

from claim_queue import MAKE_CLIENTS, environment, registry
from registry import bench

CLIENTS = int(os.environ.get("CLIENTS", "200000"))
PLAIN = "plain INSERT ... SELECT of the same contacts"
COPY = """
INSERT INTO callcenter_campaign_contact (
    campaign_id, company_id, partner_id, phone, timezone, state_id, federal_district,
    region_source, state, attempt_count, priority, create_uid, write_uid,
    create_date, write_date)
SELECT %(new)s, company_id, partner_id, phone, timezone, state_id, federal_district,
       region_source, state, attempt_count, priority, create_uid, write_uid,
       create_date, write_date
  FROM callcenter_campaign_contact WHERE campaign_id = %(old)s
"""
_FORGET = """
DELETE FROM callcenter_campaign_contact WHERE campaign_id = ANY(%(campaigns)s);
DELETE FROM callcenter_campaign WHERE id = ANY(%(campaigns)s);
ALTER TABLE res_partner DISABLE TRIGGER ALL;
DELETE FROM res_partner WHERE name LIKE 'Bench client %%';
ALTER TABLE res_partner ENABLE TRIGGER ALL;
"""


def build(env, name):
    return env["callcenter.campaign"].create(
        {
            "name": name,
            "partner_domain": "[('name', 'like', 'Bench client')]",
            "company_id": env.company.id,
        }
    )


@cache
def rates(context):
    """Contacts a second: the load in batches, each committed; the plain copy of it."""
    with registry(context).cursor() as cr:
        env = environment(cr)
        cr.execute(MAKE_CLIENTS, {"count": CLIENTS})
        cr.execute("ANALYZE res_partner")
        loaded, copied = build(env, "Bench load"), build(env, "Bench copy")
        env.flush_all()
        cr.commit()
        loaded.action_load_contacts()
        cr.commit()
        load = load_all(cr, loaded)
        cr.execute("CHECKPOINT")
        start = time.perf_counter()
        cr.execute(COPY, {"new": copied.id, "old": loaded.id})
        cr.commit()
        plain = CLIENTS / (time.perf_counter() - start)
        cr.execute(_FORGET, {"campaigns": [loaded.id, copied.id]})
    return {"load": load, "plain": plain}


def load_all(cr, campaign):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, seen = time.perf_counter(), []
    while campaign.load_state == "loading":
        campaign._load_batch(20_000)
        cr.commit()
        seen.append(round(campaign.load_progress))
    seconds = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"    progress {seen}; memory grew by {grown} MB", flush=True)
    if campaign.load_done != CLIENTS:
        raise RuntimeError(f"{campaign.load_done} of {CLIENTS} were loaded")
    return CLIENTS / seconds


@bench(PLAIN, unit="contacts/s")
def plain_insert(context):
    return rates(context)["plain"]


@bench("loading clients into a campaign", unit="contacts/s", reference=PLAIN)
def load_campaign(context):
    return rates(context)["load"]
