"""Documents of a large call centre: asking everybody to sign, and who may call."""

from contextlib import contextmanager
from functools import cache

from odoo.tools import SQL
from registry import bench
from staff import build_staff, open_list

EMPLOYEES = 1000
HISTORY = 100_000
_REFERENCE = "res.partner.create of 1 000 rows in one batch"
_INSERT = "plain INSERT of 1 000 rows of acknowledgements"
_SHORT = "the same lists before there was a history"


@contextmanager
def _staff(context):
    """An environment with 1 000 appointed people in one post; undone at the end."""
    with context.env() as env:
        job, _people = build_staff(env, EMPLOYEES)
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


@bench(_INSERT, unit="rows/s")
def insert_acknowledgements(context):
    return _measure(context)["insert"]


@bench(
    "a new version asks 1 000 people to sign",
    unit="acknowledgements/s",
    reference=_INSERT,
)
def ask_everybody(context):
    return _measure(context)["ask"]


@bench(_SHORT, unit="lists/s")
def open_short_lists(context):
    return _measure(context)["short"]


@bench(
    "lists of acknowledgements, of own ones and a timeline among 100 000",
    unit="lists/s",
    reference=_SHORT,
)
def open_long_lists(context):
    return _measure(context)["long"]


@bench("who may call: 1 000 operators with 100 000 acknowledgements", "operators/s")
def who_may_call_after_years(context):
    return _measure(context)["old board"]


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
        rows = env["callcenter.readiness"].search([("job_id", "=", job.id)])
        rates["board"] = context.timed(lambda: _look_at(rows), EMPLOYEES)
        if any(rows.mapped("is_cleared")):
            raise AssertionError("nobody has signed yet")
        rates["short"] = context.rate(lambda: _open_lists(env), seconds=2, least=5) * 3
        rates["insert"] = context.timed(lambda: _insert_copies(env, 1), EMPLOYEES)
        _insert_copies(env, HISTORY // EMPLOYEES - 1)
        env.cr.execute("ANALYZE callcenter_acknowledgement")
        rates["long"] = context.rate(lambda: _open_lists(env), seconds=2, least=5) * 3
        rates["old board"] = context.timed(lambda: _look_at(rows), EMPLOYEES)
        return rates


def _look_at(rows):
    rows.env.invalidate_all()
    return rows.mapped("is_cleared")


def _open_lists(env):
    """The three lists as people open them: HR, the asked, the timeline of one."""
    env.invalidate_all()
    model = env["callcenter.acknowledgement"]
    person = model.search([("state", "=", "pending")], limit=1).employee_id
    columns = ("document_name", "due_date", "state")
    pending = [("state", "=", "pending")]
    open_list(model, columns, pending)
    own = [("employee_id", "=", person.id)]
    open_list(model, columns, pending + own)
    open_list(env["callcenter.timeline"], ("moment", "kind", "title"), own)


def _insert_copies(env, times):
    """Years of signatures that ran out: each request of today, ``times`` over."""
    columns = [
        name
        for name, field in env["callcenter.acknowledgement"]._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    changed = {
        "state": "'expired'",
        "signed_on": "now() - n * interval '30 days'",
        "expires_on": "current_date - n",
        "signature": "'Signed'",
        "content_hash": "repeat('0', 64)",
    }
    env.cr.execute(
        SQL(
            "INSERT INTO callcenter_acknowledgement (%s)"
            " SELECT %s FROM callcenter_acknowledgement, generate_series(1, %s) n"
            " WHERE state = 'pending'",
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(
                SQL(changed[name]) if name in changed else SQL.identifier(name)
                for name in columns
            ),
            times,
        )
    )


def _approve(draft):
    draft._approve_all()
    draft.env.flush_all()


def _remind(asked):
    user = asked.env.ref("base.user_admin")
    asked._create_activities(
        [(one, user, one.due_date, "Read and sign") for one in asked]
    )
    asked.env.flush_all()
