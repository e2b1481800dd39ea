"""Documents of a large call centre: asking everybody to sign, and who may call."""

from contextlib import contextmanager

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
    with _staff(context) as (env, job):
        draft = _draft(env, job)

        def approve():
            draft._approve_all()
            env.flush_all()

        rate = context.timed(approve, EMPLOYEES)
        if len(draft.acknowledgement_ids) != EMPLOYEES:
            raise AssertionError("not everybody was asked")
        return rate


@bench("who may call: 1 000 operators", unit="operators/s")
def who_may_call(context):
    with _staff(context) as (env, job):
        _draft(env, job)._approve_all()
        env.flush_all()
        env.invalidate_all()
        board = env["callcenter.readiness"]
        rows = board.search([("job_id", "=", job.id)])
        rate = context.timed(lambda: rows.mapped("is_cleared"), EMPLOYEES)
        if any(rows.mapped("is_cleared")):
            raise AssertionError("nobody has signed yet")
        return rate


@bench("reminders told to 1 000 people", unit="activities/s")
def remind_everybody(context):
    with _staff(context) as (env, job):
        _draft(env, job)._approve_all()
        user = env.ref("base.user_admin")
        asked = env["callcenter.acknowledgement"].search([("job_id", "=", job.id)])

        def tell():
            asked._create_activities(
                [(one, user, one.due_date, "Read and sign") for one in asked]
            )
            env.flush_all()

        return context.timed(tell, EMPLOYEES)
