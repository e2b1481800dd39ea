"""The statements behind the daily figures: adding calls, adding up, rebuilding."""

from odoo.tools import SQL

from .counted_calls import COUNTED_CALLS, counted_calls
from .operator_day import OWN_DAY
from .operator_time import time_query

MEASURES = (
    "attempts",
    "connected",
    "contacts",
    "targets",
    "leads",
    "sales",
    "refusals",
    "callbacks",
    "amount",
    "talk_seconds",
    "wrap_seconds",
)
TIME_MEASURES = ("ready_seconds", "preview_seconds", "pause_seconds")
ALL_MEASURES = (*MEASURES, *TIME_MEASURES)
# What a row of each facet tells apart; all the rest of its keys are empty.
FACET_KEYS = {
    "operator": (
        "employee_id",
        "department_id",
        "campaign_id",
        "direction",
        "channel",
    ),
    "region": ("department_id", "state_id", "federal_district", "campaign_id"),
    "hour": ("department_id", "federal_district", "hour", "campaign_id"),
    "result": ("department_id", "disposition_id", "refusal_reason_id", "campaign_id"),
    # A call counts once in each category of the goods it was about.
    "category": ("employee_id", "department_id", "campaign_id", "categ_id"),
}
NUMBER_KEYS = (
    "employee_id",
    "department_id",
    "campaign_id",
    "state_id",
    "hour",
    "disposition_id",
    "refusal_reason_id",
    "categ_id",
)
TEXT_KEYS = ("direction", "channel", "federal_district")
KEYS = (*NUMBER_KEYS, *TEXT_KEYS)


CATEGORIES = SQL(
    """
    (SELECT DISTINCT counted.*, template.categ_id
       FROM counted
       JOIN callcenter_call_product_product_rel sold
         ON sold.callcenter_call_id = counted.call_id
       JOIN product_product product ON product.id = sold.product_product_id
       JOIN product_template template ON template.id = product.product_tmpl_id)
    """
)


def unique_key():
    """The columns that tell two rows apart, for the definition of an index."""
    numbers = [f"COALESCE({key}, -1)" for key in NUMBER_KEYS]
    texts = [f"COALESCE({key}, '')" for key in TEXT_KEYS]
    return ", ".join(["facet", "company_id", "day", *numbers, *texts])


def columns(names):
    return SQL(", ").join(SQL.identifier(name) for name in names)


def unique_columns():
    numbers = [SQL("COALESCE(%s, -1)", SQL.identifier(key)) for key in NUMBER_KEYS]
    texts = [SQL("COALESCE(%s, '')", SQL.identifier(key)) for key in TEXT_KEYS]
    return SQL(", ").join(numbers + texts)


def get_add_text(has_goods=True):
    """Statement that adds ``%(calls)s``, or with a ``%(sign)s`` of -1 takes them back.

    Each result of a desk adds its call, so the text is made once and one scan
    serves all facets; a rebuild reads facet by facet, which large tables like better.
    It answers the days of the operators as they have become.

    :param has_goods: whether any of the calls may be about goods
    """
    return _ADD if has_goods else _ADD_UNSOLD


def rebuild_queries():
    """Statements that make every figure anew, in their order.

    The calls are read once into a table of this transaction: it is written without
    a log, and the server may read the calls by several processes.
    """
    return [
        SQL("SET LOCAL work_mem = '128MB'"),
        SQL("DROP TABLE IF EXISTS pg_temp.counted"),
        SQL(
            "CREATE TEMP TABLE counted ON COMMIT DROP AS %s",
            counted_calls(SQL("TRUE")),
        ),
        SQL("DELETE FROM callcenter_call_stat"),
        SQL("DELETE FROM callcenter_call_stat_month"),
        _insert(SQL(""), 1, is_compact=True),
        SQL("DROP TABLE pg_temp.counted"),
        time_query(SQL("TRUE"), 1, is_compact=True),
        # Months, and all who read afterwards, are planned for the new rows.
        SQL("ANALYZE callcenter_call_stat"),
        months_query(),
        SQL("ANALYZE callcenter_call_stat_month"),
    ]


def months_query():
    """Every figure of a month from those of its days, into an empty table."""
    return SQL(
        """
        INSERT INTO callcenter_call_stat_month
               (facet, company_id, day, %(keys)s, %(measures)s)
        SELECT facet, company_id, date_trunc('month', day)::date, %(keys)s, %(sums)s
          FROM callcenter_call_stat
         WHERE is_compact
      GROUP BY 1, 2, 3, %(keys)s
      ORDER BY 1, 2, 3, %(keys)s
        """,
        keys=columns(KEYS),
        measures=columns(ALL_MEASURES),
        sums=_sums(),
    )


_NO_FLAG = (SQL(""), SQL(""), SQL(""))


def compact_query(limit):
    """Move at most ``limit`` fresh rows into the sums; answers how many."""
    return SQL(
        """
        WITH fresh AS (
            DELETE FROM callcenter_call_stat WHERE id IN (
                SELECT id FROM callcenter_call_stat
                 WHERE NOT is_compact ORDER BY id LIMIT %(limit)s)
            RETURNING *
        ), days AS (%(days)s), months AS (%(months)s)
        SELECT count(*) FROM fresh
        """,
        limit=limit,
        days=_add_up(
            SQL("callcenter_call_stat"),
            SQL("day"),
            flag=(SQL("is_compact, "), SQL("TRUE, "), SQL("WHERE is_compact")),
        ),
        months=_add_up(
            SQL("callcenter_call_stat_month"), SQL("date_trunc('month', day)::date")
        ),
    )


def _add_up(table, day, flag=_NO_FLAG):
    """Fresh rows onto the sums of ``table``; ``flag``: column, value, condition."""
    return SQL(
        """
        INSERT INTO %(table)s AS stat
               (facet, company_id, day, %(column)s %(keys)s, %(measures)s)
        SELECT facet, company_id, %(day)s, %(value)s %(keys)s, %(sums)s
          FROM fresh
      GROUP BY facet, company_id, %(day)s, %(keys)s
            ON CONFLICT (facet, company_id, day, %(unique)s) %(condition)s
     DO UPDATE SET %(updates)s
        """,
        table=table,
        day=day,
        column=flag[0],
        value=flag[1],
        condition=flag[2],
        keys=columns(KEYS),
        measures=columns(ALL_MEASURES),
        sums=_sums(),
        unique=unique_columns(),
        updates=SQL(", ").join(
            SQL("%(name)s = stat.%(name)s + EXCLUDED.%(name)s", name=identifier)
            for identifier in map(SQL.identifier, ALL_MEASURES)
        ),
    )


def _sums():
    return SQL(", ").join(SQL("sum(%s)", SQL.identifier(name)) for name in ALL_MEASURES)


def _insert(counted, sign, is_compact):
    return SQL(
        """
        INSERT INTO callcenter_call_stat
               (facet, company_id, day, is_compact, %(keys)s, %(measures)s)
        %(counted)s
        %(facets)s
        """,
        keys=columns(KEYS),
        measures=columns(MEASURES),
        counted=counted,
        facets=SQL(" UNION ALL ").join(
            SQL("(%s)", _get_facet_query(facet, sign, is_compact))
            # As their index has them: each row of a rebuild is written at its end.
            for facet in sorted(FACET_KEYS)
        ),
    )


def _get_key(key):
    """Text of one key column: empty in the facets that do not tell it apart."""
    facets = ", ".join(
        f"'{facet}'" for facet, keys in FACET_KEYS.items() if key in keys
    )
    return f"CASE WHEN facet IN ({facets}) THEN {key} END"


_PLAIN_FACETS = ",".join(facet for facet in FACET_KEYS if facet != "category")
_SOLD = """
            UNION ALL
           SELECT DISTINCT 'category', template.categ_id
             FROM callcenter_call_product_product_rel sold
             JOIN product_product product ON product.id = sold.product_product_id
             JOIN product_template template ON template.id = product.product_tmpl_id
            WHERE sold.callcenter_call_id = counted.call_id"""


def _get_add(sold):
    """Text that adds calls; ``sold``: with the part for calls about goods."""
    return f"""
    WITH counted AS ({COUNTED_CALLS % "call.id = ANY(%(calls)s)"}), own AS ({OWN_DAY}),
    added AS (
    INSERT INTO callcenter_call_stat
           (is_compact, {", ".join(MEASURES)},
            facet, company_id, day, {", ".join(KEYS)})
    SELECT FALSE, {", ".join(f"%(sign)s::int * sum({name})" for name in MEASURES)},
           facet, company_id, day, {", ".join(map(_get_key, KEYS))}
      FROM counted
     CROSS JOIN LATERAL (
           SELECT unnest('{{{_PLAIN_FACETS}}}'::varchar[]) AS facet,
                  NULL::int AS categ_id {sold}) facets
  GROUP BY {", ".join(str(len(MEASURES) + 2 + n) for n in range(3 + len(KEYS)))})
    SELECT * FROM own
"""  # noqa: S608


_ADD, _ADD_UNSOLD = _get_add(_SOLD), _get_add("")


def _get_order(own):
    """The order of the index, in which many rows are written much faster.

    Texts come last in it, tell few rows apart, and are slow to compare: left out.
    """
    numbers = [
        SQL("%s NULLS FIRST", SQL.identifier(key)) for key in NUMBER_KEYS if key in own
    ]
    return SQL("ORDER BY company_id, day, %s", SQL(", ").join(numbers))


def _get_facet_query(facet, sign, is_compact):
    own = FACET_KEYS[facet]
    keys = [
        SQL.identifier(key)
        if key in own
        else SQL("NULL::int" if key in NUMBER_KEYS else "NULL::varchar")
        for key in KEYS
    ]
    return SQL(
        """
        SELECT %(facet)s, company_id, day, %(is_compact)s, %(keys)s, %(sums)s
          FROM %(source)s AS facet
      GROUP BY company_id, day, %(own)s
      %(order)s
        """,
        order=_get_order(own) if is_compact else SQL(""),
        source=CATEGORIES if facet == "category" else SQL("counted"),
        facet=facet,
        is_compact=is_compact,
        keys=SQL(", ").join(keys),
        sums=SQL(", ").join(
            SQL("%s * sum(%s)", sign, SQL.identifier(name)) for name in MEASURES
        ),
        own=columns(own),
    )
