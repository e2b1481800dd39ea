"""What the figures count of each call, before anything is added up."""

from odoo.tools import SQL

BOOKED = """
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
       COALESCE(call.technical_status IN ('answered', 'machine', 'fax',
           'dropped'), call.is_contact, FALSE)::int AS connected,
       COALESCE(call.is_contact, FALSE)::int AS contacts,
       COALESCE(call.is_target, FALSE)::int AS targets,
       (call.lead_id IS NOT NULL)::int AS leads,
       COALESCE(call.is_sale, FALSE)::int AS sales,
       (call.refusal_reason_id IS NOT NULL)::int AS refusals,
       (call.callback_at IS NOT NULL)::int AS callbacks,
       CASE WHEN call.is_sale THEN COALESCE(call.expected_revenue, 0)
            ELSE 0 END AS amount,
       COALESCE(call.talk_seconds, 0) AS talk_seconds,
       COALESCE(call.wrap_seconds, 0) AS wrap_seconds
  FROM callcenter_call call
  JOIN res_company company ON company.id = call.company_id
 WHERE %s
   AND NOT EXISTS (SELECT FROM callcenter_call later
                    WHERE later.correction_of_id = call.id)
"""


def booked_query(where):
    """One row a call: its keys and what it counts for."""
    return SQL(BOOKED, where)
