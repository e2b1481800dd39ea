"""What the figures are measured against: the same groupings by plain SQL."""

_BARE_MEASURES = """
       count(*) AS attempts, sum(is_contact::int) AS contacts,
       sum(is_target::int) AS targets, count(lead_id) AS leads,
       sum(is_sale::int) AS sales, sum(expected_revenue) AS amount,
       sum(talk_seconds) AS talk, sum(wrap_seconds) AS wrap
  FROM callcenter_call
"""
# One grouping a facet, of the days of the database's own zone.
_PLAIN = [
    "employee_id, department_id, campaign_id, direction, channel",
    "department_id, state_id, federal_district, campaign_id",
    "department_id, federal_district, extract(hour FROM started_at), campaign_id",
    "department_id, disposition_id, refusal_reason_id, campaign_id",
]

# The day and the hour as the figures count them, for a company in one zone.
_LOCAL_CALLS = """
    CREATE TEMP VIEW local_call AS
    SELECT call.*,
           (started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Yekaterinburg')::date
               AS day,
           extract(hour FROM started_at AT TIME ZONE 'UTC'
               AT TIME ZONE COALESCE(NULLIF(timezone, ''), 'Asia/Yekaterinburg'))
               AS hour
      FROM callcenter_call call
     WHERE NOT EXISTS (SELECT FROM callcenter_call later
                        WHERE later.correction_of_id = call.id)
"""
_PLAIN_MEASURES = """
    count(*) AS attempts, sum(is_contact::int) AS contacts,
    sum(is_target::int) AS targets, count(lead_id) AS leads,
    sum(is_sale::int) AS sales, sum(expected_revenue) FILTER (WHERE is_sale) AS amount,
    count(refusal_reason_id) AS refusals, count(callback_at) AS callbacks,
    count(*) FILTER (WHERE technical_status IN ('answered', 'machine', 'fax',
        'dropped') OR technical_status IS NULL AND is_contact) AS connected,
    sum(talk_seconds) AS talk, sum(wrap_seconds) AS wrap
"""


# A call counts once in each category of the goods it was about.
_LOCAL_GOODS = """
    CREATE TEMP VIEW local_goods AS
    SELECT DISTINCT call.*, template.categ_id
      FROM local_call call
      JOIN callcenter_call_product_product_rel sold
        ON sold.callcenter_call_id = call.id
      JOIN product_product product ON product.id = sold.product_product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
"""
_LOCAL_TIME = """
    CREATE TEMP VIEW local_time AS
    SELECT *,
           (started_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Yekaterinburg')::date
               AS day
      FROM callcenter_operator_state
     WHERE state IN ('ready', 'preview', 'pause') AND seconds > 0
"""
_PLAIN_SECONDS = ", ".join(
    f"sum(seconds) FILTER (WHERE state = '{state}') AS {state}"
    for state in ("ready", "preview", "pause")
)
# Rows -> what tells them apart, and what is added up.
_PLAIN_TABLES = [
    *(
        (
            "local_call",
            keys.replace("extract(hour FROM started_at)", "hour"),
            _PLAIN_MEASURES,
        )
        for keys in _PLAIN
    ),
    (
        "local_goods",
        "employee_id, department_id, campaign_id, categ_id",
        _PLAIN_MEASURES,
    ),
    ("local_time", "employee_id, department_id", _PLAIN_SECONDS),
]


def group_plainly(cr):
    """One table a facet by days; nothing is indexed or kept."""
    for number, keys in enumerate(_PLAIN):
        cr.execute(
            f"CREATE TEMP TABLE plain_{number} ON COMMIT DROP AS "
            f"SELECT company_id, started_at::date, {keys}, {_BARE_MEASURES} "
            f"GROUP BY company_id, started_at::date, {keys}"
        )


def keep_plainly(cr):
    """A table a facet, by days and months, each with the index of its key."""
    for view in (_LOCAL_CALLS, _LOCAL_GOODS, _LOCAL_TIME):
        cr.execute(view)
    for number, table in enumerate(_PLAIN_TABLES):
        for step in ("day", "month"):
            _keep(cr, f"plain_{number}_{step}", step, *table)


def _keep(cr, name, step, source, keys, measures):
    day = f"date_trunc('{step}', day)::date" if step == "month" else "day"
    grouping = (
        f"SELECT company_id, {day} AS day, {keys}, {measures} "  # noqa: S608
        f"FROM {source} GROUP BY company_id, {day}, {keys}"
    )
    cr.execute(f"CREATE TABLE {name} AS {grouping}")
    cr.execute(
        f"CREATE UNIQUE INDEX ON {name} (company_id, day, {keys}) NULLS NOT DISTINCT"
    )
