"""The time of operators at their desks, as rows of the daily figures."""

from odoo.tools import SQL

# Talk and wrap-up are counted by the calls themselves.
COUNTED_STATES = ("ready", "preview", "pause")

# What each ended interval says; ``state`` is a row of callcenter_operator_state.
_TIME = """
    INSERT INTO callcenter_call_stat (facet, company_id, day, is_compact,
           employee_id, department_id, ready_seconds, preview_seconds, pause_seconds)
    SELECT 'time', state.company_id,
           (state.started_at AT TIME ZONE 'UTC'
                AT TIME ZONE company.callcenter_tz)::date,
           %(is_compact)s, state.employee_id, state.department_id,
           COALESCE(%(sign)s * sum(state.seconds)
               FILTER (WHERE state.state = 'ready'), 0),
           COALESCE(%(sign)s * sum(state.seconds)
               FILTER (WHERE state.state = 'preview'), 0),
           COALESCE(%(sign)s * sum(state.seconds)
               FILTER (WHERE state.state = 'pause'), 0)
      FROM %(source)s AS state
      JOIN res_company company ON company.id = state.company_id
     WHERE state.state IN %(counted)s AND state.seconds > 0 AND %(where)s
  GROUP BY 2, 3, 5, 6
  ORDER BY 2, 3, 5, 6
"""


def time_query(where, sign, is_compact=False, source=None):
    """Rows of ended intervals, added up by day and operator."""
    return SQL(
        _TIME,
        is_compact=is_compact,
        sign=sign,
        source=source or SQL("callcenter_operator_state"),
        counted=COUNTED_STATES,
        where=where,
    )
