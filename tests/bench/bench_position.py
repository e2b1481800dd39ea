"""Documents of a large call centre: asking everybody to sign, and who may call."""

from contextlib import contextmanager
from functools import cache

from registry import bench

EMPLOYEES = 1000
_REFERENCE = "res.partner.create of 1 000 rows in one batch"


@contextmanager
def _staff(context):
    """An environment with 1 000 appointed people in one post; undone at the end."""
    with context.env() as env:
        job = env["hr.job"].create({"name": "Post of the benchmark"})
        people = env["hr.employee"].create(
            [{"name": f"Person {n}", "job_id": job.id} for n in range(EMPLOYEES)]
        )
        people._transition({"callcenter_status": "appointed"})
        env.flush_all()
        yield env, job


def _draft(env, job):
    clauses = [
        (0, 0, {"text": f"Clause {number} of the post."}) for number in range(30)
    ]
    return env["callcenter.job.description"].create(
        {
            "job_id": job.id,
            "section_ids": [(0, 0, {"name": "Duties", "clause_ids": clauses})],
        }
    )


@bench(_REFERENCE, unit="rows/s")
def create_partners(context):
    with context.env() as env:
        rows = [{"name": f"Partner {number}"} for number in range(EMPLOYEES)]

        def create():
            env["res.partner"].create(rows)
            env.flush_all()

        return context.timed(create, EMPLOYEES)


@bench(
    "a new version asks 1 000 people to sign",
    unit="acknowledgements/s",
    reference=_REFERENCE,
)
def ask_everybody(context):
    return _measure(context)["ask"]


@bench("who may call: 1 000 operators", unit="operators/s")
def who_may_call(context):
    return _measure(context)["board"]


@bench("reminders told to 1 000 people", unit="activities/s")
def remind_everybody(context):
    return _measure(context)["remind"]


@cache
def _measure(context):
    """All rates of one staff: building it takes longer than what is measured."""
    with _staff(context) as (env, job):
        draft = _draft(env, job)
        rates = {"ask": context.timed(lambda: _approve(draft), EMPLOYEES)}
        asked = draft.acknowledgement_ids
        if len(asked) != EMPLOYEES:
            raise AssertionError("not everybody was asked")
        rates["remind"] = context.timed(lambda: _remind(asked), EMPLOYEES)
        env.invalidate_all()
        rows = env["callcenter.readiness"].search([("job_id", "=", job.id)])
        rates["board"] = context.timed(lambda: rows.mapped("is_cleared"), EMPLOYEES)
        if any(rows.mapped("is_cleared")):
            raise AssertionError("nobody has signed yet")
        return rates


def _approve(draft):
    draft._approve_all()
    draft.env.flush_all()


def _remind(asked):
    user = asked.env.ref("base.user_admin")
    asked._create_activities(
        [(one, user, one.due_date, "Read and sign") for one in asked]
    )
    asked.env.flush_all()
