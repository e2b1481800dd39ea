"""Minutes of the telephone lines at size.

``BENCH_CALLS`` sets how many calls stand in the table (5 000 000 in the target).
"""

import os
import time
from contextlib import contextmanager
from datetime import date
from functools import cache

from registry import bench

CALLS = int(os.environ.get("BENCH_CALLS", 1_000_000))
PEOPLE = 500
MONTH = date(2026, 3, 1)
_PLAIN = "the month's calls summed in plain SQL"


@contextmanager
def _calls(context):
    """500 places with lines and a year of calls; undone at the end."""
    with context.env() as env:
        company = env.company
        package = env["callcenter.phone.package"].create(
            {"name": "P", "monthly_fee": 6700, "included_minutes": 3000}
        )
        lines = env["callcenter.phone.line"].create(
            [{"name": f"L {n}", "package_id": package.id} for n in range(PEOPLE)]
        )
        people = env["hr.employee"].create(
            [{"name": f"Person {n}"} for n in range(PEOPLE)]
        )
        env["callcenter.workstation"].create(
            [
                {"name": f"P {n}", "line_id": line.id, "employee_id": person.id}
                for n, (line, person) in enumerate(zip(lines, people, strict=True))
            ]
        )
        env.flush_all()
        env.cr.execute("UPDATE callcenter_custody SET date_from = '2025-01-01'")
        _insert_calls(env, company, people)
        yield env, lines


def _insert_calls(env, company, people):
    disposition = env["callcenter.disposition"].search([], limit=1)
    env.cr.execute(
        """
        INSERT INTO callcenter_call (employee_id, company_id, started_at, ended_at,
               talk_seconds, wrap_seconds, federal_district, direction, channel,
               disposition_id, attempt_no)
        SELECT (%(people)s::int[])[1 + n %% %(count)s], %(company)s, s.at, s.at,
               n %% 600, 20, (ARRAY['ural', 'volga', 'central'])[1 + n %% 3], 'out',
               'phone', %(disposition)s, 1
          FROM generate_series(1, %(calls)s) AS n,
               LATERAL (SELECT timestamp '2025-09-01'
                               + n * interval '1 year' / %(calls)s AS at) AS s
        """,
        {
            "people": people.ids,
            "count": len(people),
            "company": company.id,
            "disposition": disposition.id,
            "calls": CALLS,
        },
    )
    env.cr.execute("ANALYZE callcenter_call")


@cache
def _measure_minutes(context):
    from odoo.addons.callcenter_ops.models.figures.phone_minutes import month_bounds

    with _calls(context) as (env, lines):
        start, end = month_bounds(env.company, MONTH)

        def plain():
            env.cr.execute(
                """
                SELECT employee_id, federal_district, SUM(talk_seconds), COUNT(*)
                  FROM callcenter_call
                 WHERE started_at >= %s AND started_at < %s
                 GROUP BY 1, 2
                """,
                (start, end),
            )
            return sum(row[3] for row in env.cr.fetchall())

        calls = plain()
        seconds = [_time(plain), _time(lambda: lines._get_bills(MONTH))]
        return [calls / each for each in seconds]


def _time(function):
    """Median of five runs, in seconds."""
    times = []
    for _run in range(5):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return sorted(times)[2]


@bench(_PLAIN, unit="calls/s")
def plain_sum(context):
    return _measure_minutes(context)[0]


@bench("minutes and bills of 500 lines for a month", unit="calls/s", reference=_PLAIN)
def minutes(context):
    return _measure_minutes(context)[1]
