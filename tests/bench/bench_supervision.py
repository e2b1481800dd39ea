"""Daily figures against the table of calls: reading, keeping and rebuilding them."""

import os
import time
from functools import partial
from operator import itemgetter

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


_PERIODS = (
    ("2025-06-02", "2025-06-08"),
    ("2025-06-01", "2025-06-30"),
    ("2025-01-01", "2025-12-31"),
    ("2025-01-01", "2027-12-31"),
)
_THREE_YEARS = _PERIODS[-1]


def _get_choices(env):
    """Nothing, each filter alone, and those pairs that no kept figures tell apart."""
    env.cr.execute(
        "SELECT campaign_id, employee_id, department_id, state_id"
        "  FROM callcenter_call WHERE state_id IS NOT NULL ORDER BY id LIMIT 1"
    )
    names = ("campaign_id", "employee_id", "department_id", "state_id")
    one = dict(zip(names, env.cr.fetchone(), strict=True))
    category = env["product.category"].search([("name", "=", "Bench 0")], limit=1)
    one["categ_id"] = category.id
    pairs = (("employee_id", "state_id"), ("state_id", "categ_id"))
    return [
        {},
        *({name: value} for name, value in one.items()),
        *({name: one[name] for name in pair} for pair in pairs),
    ]


def _read_panels(dashboard, period, choice):
    """``(milliseconds, panel, period, choice)``: the median of three readings each."""
    filters = dict(choice)
    scope = dashboard._get_scope(*period, filters.pop("campaign_id", None), filters)
    return [
        (1000 * _measure(panel.get_data), type(panel).__name__, period, choice)
        for panel in dashboard._make_panels(scope)
    ]


def _measure(read, times=3):
    return 1 / Context.rate(read, 0, times)


# A part of the panel of calls -> the same grouping of the table of calls.
_SAME_GROUPING = {
    "days": (lambda panel: panel._get_days(), ["started_at:month"]),
    "operators": (lambda panel: panel._get_operators(), ["employee_id"]),
    "results": (
        lambda panel: panel._get_reasons("disposition_id", "attempts"),
        ["disposition_id"],
    ),
    "refusals": (
        lambda panel: panel._get_reasons("refusal_reason_id", "refusals"),
        ["refusal_reason_id"],
    ),
}


@bench("the slowest panel of any period and choice", unit="ms")
def read_slowest_panel(context):
    with context.env() as env:
        _prepare(env)
        dashboard = env["callcenter.dashboard"].with_user(_get_reader(env))
        choices = _get_choices(env)
        readings = [
            reading
            for period in _PERIODS
            for choice in choices
            for reading in _read_panels(dashboard, period, choice)
        ]
        readings.sort(key=itemgetter(0))
        for milliseconds, name, period, choice in readings[-12:]:
            print(f"    {milliseconds:8.1f} ms  {name} {period} {sorted(choice)}")
        return readings[-1][0]


@bench("the panel that gains least over the same grouping of calls", unit="times")
def gain_least(context):
    with context.env() as env:
        _prepare(env)
        calls = env["callcenter.call"]
        dashboard = env["callcenter.dashboard"].with_user(_get_reader(env))
        [panel, *_others] = dashboard._make_panels(dashboard._get_scope(*_THREE_YEARS))
        return min(
            _measure(partial(calls.formatted_read_group, _YEAR, keys, _SUMS), 1)
            / _measure(partial(read, panel))
            for read, keys in _SAME_GROUPING.values()
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
