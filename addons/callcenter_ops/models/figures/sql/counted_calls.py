"""What the figures count of each call, before anything is added up."""

from odoo.tools import SQL

from ....tools.calling.call_counts import AMOUNT, CONDITIONS, IN_FORCE

_COUNTS = ",\n       ".join(
    f"COALESCE({condition}, FALSE)::int AS {name}"
    for name, condition in CONDITIONS.items()
)

COUNTED_CALLS = f"""
SELECT call.id AS call_id, call.company_id,
       (call.started_at AT TIME ZONE 'UTC'
            AT TIME ZONE company.callcenter_tz)::date AS day,
       EXTRACT(hour FROM call.started_at AT TIME ZONE 'UTC' AT TIME ZONE
            COALESCE(NULLIF(call.timezone, ''), company.callcenter_tz))::int
            AS hour,
       call.employee_id, call.department_id, call.campaign_id,
       call.direction, call.channel, call.state_id, call.federal_district,
       call.disposition_id, call.refusal_reason_id,
       1 AS attempts,
       {_COUNTS},
       {AMOUNT} AS amount,
       COALESCE(call.talk_seconds, 0) AS talk_seconds,
       COALESCE(call.wrap_seconds, 0) AS wrap_seconds
  FROM callcenter_call call
  JOIN res_company company ON company.id = call.company_id
 WHERE %s AND {IN_FORCE}
"""  # noqa: S608


def counted_calls(where):
    """One row a call: its keys and what it counts for."""
    return SQL(COUNTED_CALLS, where)
