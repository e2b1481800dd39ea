"""Screens and papers at size: 500 places, 5 000 things, 60 budgets × 36 months."""

from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from registry import bench

PLACES, THINGS, BUDGETS, MONTHS, ACTS = 500, 5000, 60, 36, 500
_HTTP = "res.users.context_get over HTTP"
_SQL = "5 000 pieces of equipment counted by place in plain SQL"


def _build_house(env):
    """500 manned places with lines, 5 000 pieces of equipment on them."""
    env = env(context=dict(env.context, tracking_disable=True))
    people = env["hr.employee"].create([{"name": f"P {n}"} for n in range(PLACES)])
    places = env["callcenter.workstation"].create(
        [
            {"name": f"P {n}", "room": f"Hall {n % 10}", "employee_id": person.id}
            for n, person in enumerate(people)
        ]
    )
    env["maintenance.equipment"].create(
        [
            {"name": f"Thing {n}", "workstation_id": places[n % PLACES].id}
            for n in range(THINGS)
        ]
    )
    env.flush_all()


def _build_budgets(env):
    item = env["callcenter.cost.item"].create({"name": "I", "amount": 100})
    kit = env["callcenter.workstation.kit"].create(
        {"name": "K", "line_ids": [(0, 0, {"item_id": item.id})]}
    )
    budgets = env["callcenter.workstation.budget"].create(
        [
            {"kit_id": kit.id, "seat_count": 50, "months": MONTHS}
            for _n in range(BUDGETS)
        ]
    )
    env.flush_all()
    return budgets


@cache
def _measure_lists(context):
    """Rates of the plain query and of each screen, by name."""
    with context.env() as env:
        _build_house(env)

        def plain():
            env.cr.execute(
                "SELECT workstation_id, COUNT(*) FROM maintenance_equipment GROUP BY 1"
            )
            env.cr.fetchall()

        def page(model, *names):
            env.invalidate_all()
            env[model].web_search_read(
                [], {name: {} for name in names} | {"display_name": {}}, limit=80
            )

        def plan():
            env.invalidate_all()
            env["callcenter.floor.plan"].get_plan()

        return {
            "plain": context.rate(plain),
            "places": context.rate(
                lambda: page("callcenter.workstation", "state", "equipment_count")
            ),
            "equipment": context.rate(
                lambda: page("maintenance.equipment", "inventory_no", "condition")
            ),
            "plan": context.rate(plan),
        }


@bench(_SQL, unit="queries/s")
def plain_count(context):
    return _measure_lists(context)["plain"]


@bench("list of 500 places, first page", unit="pages/s", reference=_SQL)
def places_list(context):
    return _measure_lists(context)["places"]


@bench("list of 5 000 pieces of equipment", unit="pages/s", reference=_SQL)
def equipment_list(context):
    return _measure_lists(context)["equipment"]


@bench("floor plan of 500 places", unit="plans/s", reference=_SQL)
def floor_plan(context):
    return _measure_lists(context)["plan"]


@bench("a budget of 36 months read like its form", unit="budgets/s", reference=_HTTP)
def budget_form(context):
    with context.env() as env:
        budgets = _build_budgets(env)
        asked = {
            "name": {},
            "amount_total": {},
            "amount_forecast": {},
            "line_ids": {"fields": {"month": {}, "amount_plan": {}}},
        }

        def read():
            env.invalidate_all()
            budgets[0].web_read(asked)

        return context.rate(read)


@bench("labels counted in a stock-taking of 5 000", unit="labels/s", reference=_HTTP)
def count_labels(context):
    with context.env() as env:
        _build_house(env)
        stocktake = env["callcenter.stocktake"].create({})
        stocktake.action_start()
        codes = iter(stocktake.line_ids.mapped("inventory_no"))

        def count():
            env.invalidate_all()
            stocktake.scan(next(codes))
            env.flush_all()

        return context.rate(count)


@contextmanager
def _without_commits(env):
    """The job commits after each batch; a benchmark leaves nothing behind."""

    def progress(_cron, *_args, **_kwargs):
        env.flush_all()
        return float("inf")

    with patch.object(env.registry["ir.cron"], "_commit_progress", progress):
        yield


@bench("PDF of 500 handover acts by the background job", unit="acts/s")
def print_acts(context):
    with context.env() as env:
        person = env["hr.employee"].create({"name": "Иванова Анна Петровна"})
        person._transition({"callcenter_status": "appointed"})
        things = env["maintenance.equipment"].create(
            [{"name": f"Thing {n}", "price": 100} for n in range(ACTS)]
        )
        acts = env["callcenter.handover"].create(
            [
                {"employee_id": person.id, "line_ids": [(0, 0, {"equipment_id": t.id})]}
                for t in things
            ]
        )
        printing = env["callcenter.handover.print"]._start(acts)
        jobs = printing.with_context(force_report_rendering=True)
        with _without_commits(env):
            rate = context.timed(jobs._cron_run, ACTS)
        if (printing.state, printing.done_count) != ("done", ACTS):
            raise RuntimeError(f"{printing.state} after {printing.done_count} acts")
        return rate
