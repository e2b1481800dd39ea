"""Statements of a fixed text that a connection parses and plans once."""

from hashlib import sha256

from .switch import PLANS, is_on

BY_ONE_PLAN = (
    "SET LOCAL plan_cache_mode = force_generic_plan; "
    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; "
)


def by_one_plan():
    """What to send before the first statement of a transaction that prepares its own.

    The one plan of each must serve when its tables have grown, so it may not rest on
    their being small today.
    """
    return BY_ONE_PLAN if is_on(PLANS) else ""


def run_prepared(cr, text, values, before="", **options):
    """Execute ``text``, prepared where the connection keeps plans between requests.

    A desk sends the same dozen statements at every client, and planning them takes
    longer than running them. Only for texts that do not vary: each connection
    remembers each of them.

    :param cr: a cursor of Odoo's
    :param text: with ``%(name)s`` for each of ``values``; one whose type PostgreSQL
        cannot tell from its place needs a cast
    :param before: statements to send along, in front
    :param options: of ``cr.execute``
    """
    connection = cr.connection
    if getattr(connection, "callcenter_keeps_plans", False) and is_on(PLANS):
        known = vars(connection).setdefault("callcenter_statements", {})
        if text not in known:
            known[text] = _prepare(cr, text, values, _name(text))
        text = known[text]
    cr.execute(before + text, values, **options)


def _name(text):
    """A name by the text alone: no connection takes one statement for another."""
    return f"callcenter_{sha256(text.encode()).hexdigest()[:16]}"


def _prepare(cr, text, values, name):
    """Prepare ``text`` as ``name``; the statement that executes it."""
    places = {key: f"${place}" for place, key in enumerate(values, 1)}
    # The text is the program's own, the name and the places are made right here.
    cr.execute(f"PREPARE {name} AS {text % places}")  # pylint: disable=sql-injection
    return f"EXECUTE {name} ({', '.join(f'%({key})s' for key in values)})"
