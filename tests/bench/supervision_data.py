"""Calls, time at the desk, clients and leads of years, written past the ORM.

``python tests/bench/supervision_data.py DATABASE CALLS`` keeps them in a database, so
that a measurement of ten million calls need not write them each time.
"""

import sys
from datetime import date

DEPARTMENTS = 10
CAMPAIGNS = 12
CATEGORIES = 8
PRODUCTS = 40
BIG = 1_000_000
FIRST_DAY = date(2025, 1, 1)


def get_shape(calls):
    """Operators and days that a number of calls stands for."""
    return (300, 1095) if calls >= BIG else (30, 365)


_CLIENTS = """
INSERT INTO res_partner (name, complete_name, active, phone, state_id, type, lang)
SELECT 'Client ' || i, 'Client ' || i, TRUE, '+7000' || i,
       (%(states)s::int[])[1 + floor(80 * power(random(), 2))::int], 'contact', 'ru_RU'
  FROM generate_series(1, %(clients)s) i
"""
_LEADS = """
INSERT INTO crm_lead (name, type, active, company_id, state_id, won_status,
                      create_date, probability)
SELECT 'Lead ' || i, 'opportunity', TRUE, %(company)s,
       (%(states)s::int[])[1 + floor(80 * random())::int],
       CASE WHEN mod(i, 5) = 0 THEN 'won' ELSE 'pending' END,
       timestamp '2025-01-01' + (i::bigint * %(days)s / %(leads)s) * interval '1 day', 0
  FROM generate_series(1, %(leads)s) i
"""
# One call after another, as days go by; every twentieth leads to an opportunity.
_CALLS = """
INSERT INTO callcenter_call (
    employee_id, department_id, campaign_id, company_id, partner_id, direction,
    channel, state_id, federal_district, timezone, started_at, ended_at,
    talk_seconds, wrap_seconds, attempt_no, disposition_id, refusal_reason_id,
    is_contact, is_target, is_sale, expected_revenue, lead_id)
SELECT (%(employees)s::int[])[1 + person],
       (%(departments)s::int[])[1 + mod(person, %(department_count)s)],
       (%(campaigns)s::int[])[1 + mod(2 * (day / 180) + mod(i, 2),
                                      %(campaign_count)s)],
       %(company)s, %(first_client)s + floor(%(clients)s * random())::int,
       CASE WHEN mod(i, 10) = 0 THEN 'in' ELSE 'out' END, 'phone',
       region.id, region.federal_district, region.zone,
       moment, moment + interval '2 minutes', mod(i, 200), 20, 1,
       (%(dispositions)s::int[])[1 + result],
       CASE WHEN result = 3
            THEN (%(refusals)s::int[])[1 + mod(i, %(refusal_count)s)] END,
       result < 4, result < 3, mod(i, 40) = 0, mod(i, 1000),
       CASE WHEN mod(i, 20) = 0 THEN %(first_lead)s + i / 20 - 1 END
  FROM (SELECT i, floor(%(operators)s * random())::int AS person,
               floor(%(result_count)s * random())::int AS result,
               floor(80 * power(random(), 2))::int AS place,
               (i::bigint * %(days)s / (%(calls)s + 1))::int AS day,
               timestamp '2025-01-01 04:00'
                   + (i::bigint * %(days)s / (%(calls)s + 1)) * interval '1 day'
                   + floor(600 * random()) * interval '1 minute' AS moment
          FROM generate_series(1, %(calls)s) i) call
  JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, federal_district,
               COALESCE(callcenter_tz, 'Asia/Yekaterinburg') AS zone
          FROM res_country_state WHERE id = ANY(%(states)s)) region USING (place)
"""
_GOODS = """
INSERT INTO callcenter_call_product_product_rel
       (callcenter_call_id, product_product_id)
SELECT id, (%(products)s::int[])[1 + mod(id, %(product_count)s)]
  FROM callcenter_call WHERE is_target AND mod(id, 4) = 0
"""
_STATES = """
INSERT INTO callcenter_operator_state (
    employee_id, department_id, company_id, state, reason, started_at, ended_at,
    seconds)
SELECT employee_id, department_id, company_id,
       CASE mod(id, 3) WHEN 0 THEN 'ready' WHEN 1 THEN 'preview' ELSE 'pause' END,
       'desk', started_at - interval '1 minute', started_at, 60
  FROM callcenter_call
"""
_PLAIN_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  FROM pg_index
 WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique
"""


def fill(env, calls):
    """Write the data of ``calls`` calls; the transaction is the caller's."""
    values = _prepare_values(env, calls)
    env.flush_all()
    execute = env.cr.execute
    execute("SET LOCAL session_replication_role = replica")
    execute("SELECT setseed(0.19)")
    indexes = _drop_indexes(env, calls)
    values["first_client"] = _insert_numbered(env, "res_partner", _CLIENTS, values)
    values["first_lead"] = _insert_numbered(env, "crm_lead", _LEADS, values)
    for statement in (_CALLS, _GOODS, _STATES):
        execute(statement, values)
    for definition in indexes:
        execute(definition)
    execute("SET LOCAL session_replication_role = origin")
    execute("ANALYZE")
    env.invalidate_all()


def _insert_numbered(env, table, statement, values):
    """The id of the first row written."""
    env.cr.execute("SELECT nextval(%s)", (f"{table}_id_seq",))
    [first] = env.cr.fetchone()
    env.cr.execute("SELECT setval(%s, %s, FALSE)", (f"{table}_id_seq", first))
    env.cr.execute(statement, values)
    return first


def _drop_indexes(env, calls):
    """Indexes are made anew after ten million rows, not kept by each of them."""
    if calls < BIG:
        return []
    tables = ["callcenter_call", "callcenter_operator_state", "res_partner", "crm_lead"]
    env.cr.execute(_PLAIN_INDEXES, (tables,))
    found = env.cr.fetchall()
    for name, _definition in found:
        env.cr.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def _prepare_values(env, calls):
    operators, days = get_shape(calls)
    dispositions = env["callcenter.disposition"].search([], limit=8)
    refusals = env["callcenter.refusal.reason"].search([], limit=8)
    states = env["res.country.state"].search([("country_id.code", "=", "RU")])
    departments, employees = _create_people(env, operators)
    products = _create_products(env)
    return {
        "calls": calls,
        "days": days,
        "operators": operators,
        "company": env.company.id,
        "clients": max(calls // 20, 1000),
        "leads": calls // 20,
        "states": states[:80].ids,
        "dispositions": dispositions.ids,
        "result_count": len(dispositions),
        "refusals": refusals.ids,
        "refusal_count": len(refusals),
        "departments": departments.ids,
        "department_count": DEPARTMENTS,
        "employees": employees.ids,
        "campaigns": _create_campaigns(env).ids,
        "campaign_count": CAMPAIGNS,
        "products": products.ids,
        "product_count": PRODUCTS,
    }


def _create_people(env, operators):
    departments = env["hr.department"].create(
        [{"name": f"Bench team {number}"} for number in range(DEPARTMENTS)]
    )
    employees = env["hr.employee"].create(
        [
            {
                "name": f"Bench {number}",
                "department_id": departments[number % DEPARTMENTS].id,
            }
            for number in range(operators)
        ]
    )
    return departments, employees


def _create_campaigns(env):
    return env["callcenter.campaign"].create(
        [{"name": f"Bench {n}", "purpose": "informative"} for n in range(CAMPAIGNS)]
    )


def _create_products(env):
    categories = env["product.category"].create(
        [{"name": f"Bench {number}"} for number in range(CATEGORIES)]
    )
    return env["product.product"].create(
        [
            {"name": f"Bench {n}", "categ_id": categories[n % CATEGORIES].id}
            for n in range(PRODUCTS)
        ]
    )


def main(database, calls):
    from context import Context
    from odoo.tools import config

    config.parse_config(["-d", database, "--no-http"], setup_logging=True)
    with Context(database, "").env() as env:
        fill(env, int(calls))
        env.cr.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
