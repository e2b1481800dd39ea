"""Orders of a large call centre: the night's run of the scheduler, and the lists."""

from contextlib import contextmanager
from datetime import timedelta
from functools import cache

from registry import bench
from staff import build_staff, open_list

EMPLOYEES = 1000
ORDERS = 20_000
DUE = 500
_REFERENCE_RUN = "hr.employee with a user, 500 one by one"
_REFERENCE_LIST = "list of 80 of 1 000 employees"


@contextmanager
def _company(context):
    """1 000 appointed people with a history of 20 000 orders; undone at the end."""
    with context.env() as env:
        env = env(context={"tracking_disable": True, "mail_create_nolog": True})
        department = env["hr.department"].create({"name": "Room of the benchmark"})
        job, people = build_staff(env, EMPLOYEES, department_id=department.id)
        _write_history(env, people, job, department)
        yield env, people


def _write_history(env, people, job, department):
    """Executed transfers of the past years, written straight into the table."""
    today = env.company._callcenter_today()
    env.cr.execute(
        """
        INSERT INTO callcenter_personnel_order
               (order_type, company_id, employee_id, job_id, department_id, state,
                date_order, date_effective, date_execution, number, year, name,
                create_uid, create_date, write_uid, write_date)
        SELECT 'transfer', %(company)s,
               (%(people)s)[1 + i %% %(count)s], %(job)s, %(department)s, 'executed',
               day, day, day, 100000 + i, 1990, 'bench-' || i, 1, now(), 1, now()
          FROM generate_series(1, %(orders)s) AS i,
               LATERAL (SELECT %(today)s::date - (1 + i / 10)::int AS day) AS dated
        """,
        {
            "company": env.company.id,
            "people": people.ids,
            "count": len(people),
            "job": job.id,
            "department": department.id,
            "orders": ORDERS,
            "today": today,
        },
    )
    env.invalidate_all()


def _prepare_due(env, people):
    """250 appointments of newcomers and 250 dismissals, signed and due today."""
    today = env.company._callcenter_today()
    newcomers = env["hr.employee"].create(
        [{"name": f"Newcomer {number}"} for number in range(DUE // 2)]
    )
    common = {
        "job_id": people[0].job_id.id,
        "department_id": people[0].department_id.id,
        "date_order": today - timedelta(days=2),
        "date_effective": today - timedelta(days=1),
        "wage": 40000,
    }
    ground = env.ref("callcenter_ops.dismissal_ground_77_1_3")
    orders = env["callcenter.personnel.order"].create(
        [
            common | {"employee_id": person.id, "login": f"bench-{person.id}"}
            for person in newcomers
        ]
        + [
            common
            | {
                "employee_id": person.id,
                "order_type": "dismissal",
                "dismissal_ground_id": ground.id,
            }
            for person in people[: DUE // 2]
        ]
    )
    for number, order in enumerate(orders, 200_000):
        order._transition({"state": "signed", "number": number, "year": today.year})
    env.flush_all()
    env.invalidate_all()
    return orders


@bench(_REFERENCE_RUN, unit="people/s")
def hire_by_hand(context):
    with context.env() as env:
        groups = env.ref("base.group_user") | env.ref("callcenter_ops.group_operator")

        def hire():
            for number in range(DUE):
                user = env["res.users"].create(
                    {
                        "name": f"Hand {number}",
                        "login": f"hand-{number}",
                        "group_ids": [(6, 0, groups.ids)],
                    }
                )
                env["hr.employee"].create({"name": user.name, "user_id": user.id})
            env.flush_all()

        return context.timed(hire, DUE)


@bench(
    "500 due orders of 20 000 executed by the cron",
    unit="orders/s",
    reference=_REFERENCE_RUN,
)
def execute_due(context):
    return _measure(context)["cron"]


@bench(_REFERENCE_LIST, unit="lists/s")
def list_of_employees(context):
    return _measure(context)["employees"]


@bench("list of 80 of 20 000 orders", unit="lists/s", reference=_REFERENCE_LIST)
def list_of_orders(context):
    return _measure(context)["orders"]


@bench("figures of the staff by month, 20 000 orders", unit="homes/s")
def staff_figures(context):
    return _measure(context)["figures"]


@cache
def _measure(context):
    with _company(context) as (env, people):
        rates = {
            "employees": context.rate(lambda: _open(env["hr.employee"])),
            "orders": context.rate(lambda: _open(env["callcenter.personnel.order"])),
        }
        orders = _prepare_due(env, people)
        rates["cron"] = context.timed(lambda: _run(env), DUE)
        if set(orders.mapped("state")) != {"executed"}:
            raise AssertionError("not every due order was executed")
        figures = env["callcenter.staff.figures"].with_user(_hire_director(env))
        rates["figures"] = context.rate(figures.get_data, seconds=2, least=3)
        return rates


def _hire_director(env):
    group = env.ref("callcenter_ops.group_director")
    return env["res.users"].create(
        {
            "name": "Director of the benchmark",
            "login": "bench-director",
            "group_ids": [(6, 0, group.ids)],
        }
    )


def _run(env):
    env["callcenter.personnel.order"]._cron_execute_due()
    env.flush_all()


def _open(records):
    records.env.invalidate_all()
    columns = ("employee_id", "job_id", "department_id", "state", "name")
    return open_list(records, columns)
