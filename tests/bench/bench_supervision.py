"""Daily figures against the table of calls: reading, keeping and rebuilding them."""

import time

from registry import bench

CALLS = 100_000
OPERATORS = 30
DAYS = 365
READ_CALLS = "operators' figures of a year from the calls"
PLAIN_SQL = "one plain grouping of 100 000 calls into a table"

_FILL = """
INSERT INTO callcenter_call (
    employee_id, company_id, partner_id, direction, channel, state_id,
    federal_district, timezone, started_at, ended_at, talk_seconds, wrap_seconds,
    attempt_no, disposition_id, is_contact, is_target, is_sale, expected_revenue)
SELECT (%(employees)s::int[])[1 + mod(i, %(operators)s)], %(company)s, %(partner)s,
       'out', 'phone', (%(states)s::int[])[1 + mod(i, 80)], 'ural',
       'Asia/Yekaterinburg',
       timestamp '2025-01-01 04:00' + mod(i, %(days)s) * interval '1 day'
           + mod(i, 480) * interval '1 minute',
       timestamp '2025-01-01 04:02' + mod(i, %(days)s) * interval '1 day'
           + mod(i, 480) * interval '1 minute',
       mod(i, 200), 20, 1, (%(dispositions)s::int[])[1 + mod(i, 8)],
       mod(i, 2) = 0, mod(i, 3) = 0, mod(i, 40) = 0, mod(i, 1000)
  FROM generate_series(1, %(calls)s) i
"""
_PLAIN = """
CREATE TEMP TABLE plain_figures ON COMMIT DROP AS
SELECT company_id, started_at::date, employee_id, state_id, disposition_id,
       count(*) AS attempts, sum(is_contact::int) AS contacts,
       sum(is_sale::int) AS sales, sum(talk_seconds) AS talk
  FROM callcenter_call
 GROUP BY 1, 2, 3, 4, 5
"""


def _fill(env):
    """A year of calls, written past the ORM; the caller rolls it back."""
    employees = env["hr.employee"].create(
        [{"name": f"Bench {number}"} for number in range(OPERATORS)]
    )
    env.flush_all()
    states = env["res.country.state"].search([("country_id.code", "=", "RU")])
    dispositions = env["callcenter.disposition"].search([], limit=8)
    env.cr.execute(
        _FILL,
        {
            "employees": employees.ids,
            "operators": OPERATORS,
            "company": env.company.id,
            "partner": env.company.partner_id.id,
            "states": states[:80].ids,
            "dispositions": dispositions.ids,
            "days": DAYS,
            "calls": CALLS,
        },
    )
    env.cr.execute("ANALYZE callcenter_call")
    env.invalidate_all()


def _prepare(env):
    _fill(env)
    env["callcenter.call.stat"]._rebuild()
    env.cr.execute("ANALYZE callcenter_call_stat")


_YEAR = [("company_id", "!=", False)]
_SUMS = ["__count", "talk_seconds:sum", "wrap_seconds:sum", "expected_revenue:sum"]


@bench(READ_CALLS, unit="readings/s")
def read_calls(context):
    with context.env() as env:
        _prepare(env)
        calls = env["callcenter.call"]
        return context.rate(
            lambda: calls.formatted_read_group(_YEAR, ["employee_id"], _SUMS), least=3
        )


@bench("the same from the daily figures", unit="readings/s", reference=READ_CALLS)
def read_figures(context):
    with context.env() as env:
        _prepare(env)
        stats = env["callcenter.call.stat"]
        domain = [*_YEAR, ("facet", "=", "operator")]
        sums = ["attempts:sum", "talk_seconds:sum", "wrap_seconds:sum", "amount:sum"]
        return context.rate(
            lambda: stats.formatted_read_group(domain, ["employee_id"], sums), least=3
        )


@bench("the whole dashboard of a year", unit="readings/s", reference=READ_CALLS)
def read_dashboard(context):
    with context.env() as env:
        _prepare(env)
        dashboard = env["callcenter.dashboard"].with_user(_get_reader(env))
        return context.rate(
            lambda: dashboard.get_data("2025-01-01", "2025-12-31"), least=3
        )


def _get_reader(env):
    group = env.ref("callcenter_ops.group_supervisor")
    return env["res.users"].create(
        {"name": "Bench", "login": "bench_reader", "group_ids": [(6, 0, group.ids)]}
    )


@bench(PLAIN_SQL, unit="calls/s")
def plain_grouping(context):
    with context.env() as env:
        _fill(env)
        start = time.perf_counter()
        env.cr.execute(_PLAIN)
        return CALLS / (time.perf_counter() - start)


@bench("rebuild of all daily figures", unit="calls/s", reference=PLAIN_SQL)
def rebuild(context):
    with context.env() as env:
        _fill(env)
        start = time.perf_counter()
        env["callcenter.call.stat"]._rebuild()
        return CALLS / (time.perf_counter() - start)
