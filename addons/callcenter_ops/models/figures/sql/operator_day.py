"""How counted calls are added to their operators' days."""

COLUMNS = ("attempts", "contacts", "targets", "leads", "sales", "talk_seconds")

# Rows of ``counted`` onto the days of their operators; -1 takes them back. ``seq``
# counts the changes, so that who hears of several knows the last one.
OWN_DAY = f"""
INSERT INTO callcenter_operator_day AS own (
       employee_id, company_id, day, seq, {", ".join(COLUMNS)})
SELECT employee_id, company_id, day, 1,
       {", ".join(f"%(sign)s::int * sum({name})" for name in COLUMNS)}
  FROM counted
 GROUP BY employee_id, company_id, day
 ORDER BY employee_id, day
    ON CONFLICT (employee_id, day) DO UPDATE
   SET seq = COALESCE(own.seq, 0) + 1,
       {", ".join(f"{name} = own.{name} + EXCLUDED.{name}" for name in COLUMNS)}
RETURNING own.employee_id, own.company_id, own.day, own.seq,
          {", ".join(f"own.{name}" for name in COLUMNS)}
"""  # noqa: S608
