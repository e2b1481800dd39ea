"""How counted calls are added to their operators' days."""

COLUMNS = ("attempts", "contacts", "targets", "leads", "sales", "talk_seconds")

# Rows of ``counted`` onto the days of their operators; -1 takes them back.
OWN_DAY = f"""
INSERT INTO callcenter_operator_day AS own (
       employee_id, company_id, day, {", ".join(COLUMNS)})
SELECT employee_id, company_id, day,
       {", ".join(f"%(sign)s::int * sum({name})" for name in COLUMNS)}
  FROM counted
 GROUP BY employee_id, company_id, day
 ORDER BY employee_id, day
    ON CONFLICT (employee_id, day) DO UPDATE
   SET {", ".join(f"{name} = own.{name} + EXCLUDED.{name}" for name in COLUMNS)}
"""  # noqa: S608
