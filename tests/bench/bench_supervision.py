"""Daily figures against the table of calls: reading, keeping and rebuilding them."""

import os
import time
from datetime import date
from functools import partial

from context import Context
from plain_figures import group_plainly, keep_plainly
from registry import bench
from supervision_data import fill

# CALLCENTER_BENCH_CALLS=10000000 is three years of 300 operators; a database that
# supervision_data.py filled before is measured as it is.
CALLS = int(os.environ.get("CALLCENTER_BENCH_CALLS", "100000"))
READ_CALLS = "operators' figures of a year from the calls"
PLAIN_SQL = "the same groupings of the calls by plain SQL, nothing kept"


def prepare_calls(env):
    """Years of calls, written past the ORM; the caller rolls back what was missing."""
    env.cr.execute(
        "SELECT count(*) FROM (SELECT FROM callcenter_call LIMIT %s) kept", (CALLS,)
    )
    if env.cr.fetchone()[0] < CALLS:
        fill(env, CALLS)


def _prepare(env):
    prepare_calls(env)
    env.cr.execute(
        "SELECT sum(attempts) FROM callcenter_call_stat WHERE facet = 'result'"
    )
    if (env.cr.fetchone()[0] or 0) < CALLS:
        env["callcenter.call.stat"]._rebuild()
        env["callcenter.territory.base"]._cron_count()
        env.cr.execute("ANALYZE callcenter_call_stat, callcenter_call_stat_month")


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


@bench("the dashboard of a week", unit="readings/s", reference=READ_CALLS)
def read_week(context):
    with context.env() as env:
        _prepare(env)
        dashboard = env["callcenter.dashboard"].with_user(_get_reader(env))
        return context.rate(
            lambda: dashboard.get_data("2025-06-02", "2025-06-08"), least=3
        )


@bench("the dashboard of ten years", unit="readings/s", reference=READ_CALLS)
def read_ten_years(context):
    with context.env() as env:
        _prepare(env)
        dashboard = env["callcenter.dashboard"].with_user(_get_reader(env))
        return context.rate(
            lambda: dashboard.get_data("2018-01-02", "2028-01-01"), least=3
        )


def _read_panels(dashboard, first, last):
    """Panel -> seconds: the median of five readings each."""
    filters = dashboard._get_filter(None)
    totals = dashboard._get_totals(first, last, filters)
    own_work = dashboard._count_own_work(first, last)
    panels = {
        "tiles": (filters, totals, None),
        "days": (filters,),
        "operators": (filters, None),
        "results": (filters,),
        "refusals": (filters,),
        "hours": (filters,),
        "territory": (filters, own_work),
        "campaigns": (),
        "categories": (filters,),
        "channels": (filters,),
        "sales_work": (filters, own_work),
        "service": (filters,),
        "costs": (None,),
    }
    readings = {
        name: partial(getattr(dashboard, f"_get_{name}"), first, last, *rest)
        for name, rest in panels.items()
    }
    readings["won"] = partial(dashboard._count_won, first, last, None)
    readings["own_work"] = partial(dashboard._count_own_work, first, last)
    return {name: _measure(read) for name, read in readings.items()}


def _measure(read, times=5):
    return 1 / Context.rate(read, 0, times)


_THREE_YEARS = (date(2025, 1, 1), date(2027, 12, 31))
# What a panel shows -> the same grouping of the table of calls.
_SAME_GROUPING = {
    "days": ["started_at:month"],
    "operators": ["employee_id"],
    "results": ["disposition_id"],
    "refusals": ["refusal_reason_id"],
    "hours": ["federal_district"],
    "territory": ["state_id"],
    "channels": ["direction", "channel"],
}


@bench("the slowest panel of three years", unit="readings/s", reference=READ_CALLS)
def read_slowest_panel(context):
    with context.env() as env:
        _prepare(env)
        dashboard = env["callcenter.dashboard"].with_user(_get_reader(env))
        return 1 / max(_read_panels(dashboard, *_THREE_YEARS).values())


@bench("the panel that gains least over the same grouping of calls", unit="times")
def gain_least(context):
    with context.env() as env:
        _prepare(env)
        calls = env["callcenter.call"]
        dashboard = env["callcenter.dashboard"].with_user(_get_reader(env))
        panels = _read_panels(dashboard, *_THREE_YEARS)
        return min(
            _measure(partial(calls.formatted_read_group, _YEAR, keys, _SUMS), 1)
            / panels[name]
            for name, keys in _SAME_GROUPING.items()
        )


def _get_reader(env):
    group = env.ref("callcenter_ops.group_supervisor")
    return env["res.users"].create(
        {"name": "Bench", "login": "bench_reader", "group_ids": [(6, 0, group.ids)]}
    )


@bench(PLAIN_SQL, unit="calls/s")
def plain_grouping(context):
    with context.env() as env:
        prepare_calls(env)
        start = time.perf_counter()
        group_plainly(env.cr)
        return CALLS / (time.perf_counter() - start)


PLAIN_ROWS = "the same rows by plain SQL, kept and indexed"


@bench(PLAIN_ROWS, unit="calls/s")
def plain_rows(context):
    with context.env() as env:
        prepare_calls(env)
        start = time.perf_counter()
        keep_plainly(env.cr)
        return CALLS / (time.perf_counter() - start)


def _rebuild(context):
    with context.env() as env:
        prepare_calls(env)
        start = time.perf_counter()
        env["callcenter.call.stat"]._rebuild()
        return CALLS / (time.perf_counter() - start)


@bench("rebuild of all daily figures", unit="calls/s", reference=PLAIN_ROWS)
def rebuild(context):
    return _rebuild(context)


@bench("the same rebuild against the bare groupings", "calls/s", reference=PLAIN_SQL)
def rebuild_and_groupings(context):
    return _rebuild(context)
