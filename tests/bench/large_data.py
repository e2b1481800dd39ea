"""A demo company that has worked for two years: its rows, many times over.

``python tests/bench/large_data.py DATABASE [NAME=COUNT...]`` multiplies the demo
company's own records by bounded SQL, past triggers and keys, and has the product build
the figures that follow from them. Names and numbers are invented.
"""

import sys
import time
from functools import partial

SIZES = {
    "operators": 100,
    "clients": 200_000,
    "contacts": 300_000,
    "calls": 1_000_000,
    "sheets": 40_000,
    "leads": 20_000,
    "debts": 20_000,
    "letters": 50_000,
    "orders": 5_000,
    "attempts": 10_000,
    "places": 500,
}
_COLUMNS = """
SELECT quote_ident(column_name) FROM information_schema.columns
 WHERE table_name = %s AND column_name NOT IN ('id', 'create_date', 'write_date')
   AND is_generated = 'NEVER'
"""
# Table, size, what its rows are copied from, and the columns of a copy that differ.
# ``n`` is the number of the copy, ``b`` the row it is made from; {size} names are the
# counts above, first_clients the id of the first client made (and so on), operators
# the ids of the operators.
_OPERATOR = "(%(operators)s::int[])[1 + mod(n, {operators})]"
_CLIENT = "%(first_clients)s + mod(n * 7919, {clients})"
_MOMENT = "now()::timestamp - (n::float8 / {calls}) * interval '730 days'"
COPIES = (
    (
        "res_partner",
        "clients",
        "phone_sanitized IS NOT NULL AND parent_id IS NULL AND partner_share",
        {
            "name": "'Клиент ' || n",
            "complete_name": "'Клиент ' || n",
            "phone": "'+7343' || 1000000 + n",
            "phone_sanitized": "'+7343' || 1000000 + n",
            "email": "NULL",
            "email_normalized": "NULL",
            "ref": "'L-' || n",
            "vat": "NULL",
            "callcenter_other_phones": "NULL",
        },
    ),
    (
        "callcenter_campaign_contact",
        "contacts",
        "TRUE",
        {
            "campaign_id": "(%(campaigns)s::int[])[1 + n / ({clients} + 1)]",
            "partner_id": "%(first_clients)s + mod(n, {clients})",
            "phone": "'+7343' || 1000001 + mod(n, {clients})",
            "state": "CASE WHEN mod(n, 3) = 0 THEN 'done' ELSE 'queued' END",
            "exclusion_reason": "NULL",
            "timezone": "COALESCE(b.timezone, 'Asia/Yekaterinburg')",
            "reserved_employee_id": "NULL",
        },
    ),
    (
        "callcenter_report_sheet",
        "sheets",
        "TRUE",
        {
            "employee_id": _OPERATOR,
            "date": "current_date - 40 - n / {operators}",
            "name": "'Лист ' || n",
        },
    ),
    (
        "callcenter_call",
        "calls",
        "correction_of_id IS NULL",
        {
            "employee_id": _OPERATOR,
            "partner_id": _CLIENT,
            "started_at": _MOMENT,
            "ended_at": f"{_MOMENT} + interval '2 minutes'",
            "claim_ref": "NULL",
            "contact_id": "%(first_contacts)s + mod(n, {contacts})",
            "sheet_id": "%(first_sheets)s + mod(n, {sheets})",
            "lead_id": "NULL",
        },
    ),
    (
        "callcenter_operator_state",
        "calls",
        "ended_at IS NOT NULL",
        {
            "employee_id": _OPERATOR,
            "started_at": _MOMENT,
            "ended_at": f"{_MOMENT} + interval '2 minutes'",
            "seconds": "120",
        },
    ),
    (
        "crm_lead",
        "leads",
        "type = 'opportunity'",
        {"name": "'Сделка ' || n", "partner_id": _CLIENT},
    ),
    (
        "callcenter_debt",
        "debts",
        "TRUE",
        {"name": "'Счёт Л-' || n", "partner_id": _CLIENT},
    ),
    (
        "callcenter_enquiry",
        "letters",
        "TRUE",
        {
            "message_ident": "'large-' || n",
            "partner_id": _CLIENT,
            "received_at": "now()::timestamp - n * interval '20 minutes'",
            "user_id": "NULL",
            "state": "CASE WHEN n < 200 THEN 'new' ELSE 'answered' END",
        },
    ),
    (
        "callcenter_personnel_order",
        "orders",
        "state = 'executed'",
        {
            "employee_id": _OPERATOR,
            "number": "100000 + n",
            "name": "'Л-' || n",
            "date_order": "current_date - 40 - n / 8",
            "date_effective": "current_date - 40 - n / 8",
        },
    ),
    (
        "callcenter_workstation",
        "places",
        "TRUE",
        {
            "name": "'Л-' || n",
            "employee_id": "NULL",
            "line_id": "NULL",
            "room": "'Зал ' || n / 50",
            "row_no": "1 + mod(n, 50) / 10",
            "seat_no": "1 + mod(n, 10)",
        },
    ),
    (
        "callcenter_quiz_attempt",
        "attempts",
        "state IN ('submitted', 'expired')",
        {
            "employee_id": _OPERATOR,
            "mark_id": "NULL",
            "started_at": "now()::timestamp - n * interval '100 minutes'",
            "deadline_at": "now()::timestamp - (n - 1) * interval '100 minutes'",
            "finished_at": "now()::timestamp - (n - 1) * interval '100 minutes'",
        },
    ),
)


class Crowd:
    """Multiplies the rows of a demo company.

    :param env: the environment, as superuser; nothing is committed here
    :param sizes: ``{name: count}`` as in ``SIZES``
    """

    def __init__(self, env, sizes):
        self.env, self.sizes = env, sizes
        self.values = {}

    def make(self):
        """Write the rows and the figures that follow; prints what each step took."""
        self._appoint_operators()
        self._open_campaigns()
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        for table, size, where, changed in COPIES:
            copy = partial(self._copy, table, size, where, changed)
            self._timed(table, copy)
        self.env.cr.execute("SET LOCAL session_replication_role = origin")
        self.env.cr.execute("ANALYZE")
        self.env.invalidate_all()

    def _timed(self, name, act):
        start = time.monotonic()
        act()
        print(f"    {name}: {time.monotonic() - start:.1f} s", file=sys.stderr)

    def _appoint_operators(self):
        """People beside the demo company's operators, in their department."""
        env = self.env
        example = env["res.users"].search([("login", "=", "anna")]).employee_id
        people = env["hr.employee"].create(
            [
                {
                    "name": f"Оператор Номер {number}",
                    "department_id": example.department_id.id,
                    "job_id": example.job_id.id,
                    "company_id": example.company_id.id,
                }
                for number in range(self.sizes["operators"] - 1)
            ]
        )
        people._transition({"callcenter_status": "appointed"})
        self.values["operators"] = [example.id, *people.ids]

    def _open_campaigns(self):
        """Campaigns like the first one; a client is once in each."""
        needed = 1 + self.sizes["contacts"] // (self.sizes["clients"] + 1)
        first = self.env["callcenter.campaign"].search([], order="id", limit=1)
        campaigns = [first.copy({"name": f"Кампания {n}"}).id for n in range(needed)]
        self.values["campaigns"] = campaigns

    def _copy(self, table, size, where, changed):
        """Rows of a table, each like one of its own that ``where`` takes."""
        cr, count = self.env.cr, self.sizes[size]
        cr.execute(_COLUMNS, [table])
        columns = [name for (name,) in cr.fetchall()]
        values = [
            changed.get(name, f"b.{name}").format(**self.sizes) for name in columns
        ]
        cr.execute(f"SELECT COALESCE(max(id), 0) + 1 FROM {table}")  # noqa: S608
        [first] = cr.fetchone()
        self.values[f"first_{size}"] = first
        cr.execute(
            f"""
            WITH base AS (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place,
                                 count(*) OVER () AS total
                            FROM {table} WHERE {where})
            INSERT INTO {table} (id, create_date, write_date, {", ".join(columns)})
            SELECT {first} - 1 + n, now(), now(), {", ".join(values)}
              FROM generate_series(1, {count}) n
              JOIN base b ON b.place = mod(n, b.total)
            """,  # noqa: S608
            self.values,
        )
        if not cr.rowcount:
            raise ValueError(f"the demo company has no row of {table} to copy")
        cr.execute("SELECT setval(%s, %s)", [f"{table}_id_seq", first + count])


def build_figures(env):
    """What the product itself works out of calls and goods, by its own builders."""
    for name, build in (
        ("figures of the calls", env["callcenter.call.stat"]._rebuild),
        ("territory", env["callcenter.territory.base"]._cron_count),
        ("question statistics", env["callcenter.item.stat"]._build),
    ):
        start = time.monotonic()
        build()
        print(f"    {name}: {time.monotonic() - start:.1f} s", file=sys.stderr)


def main(database, *wanted):
    from context import Context
    from odoo.tools import config

    sizes = SIZES | {
        name: int(count) for name, _, count in (w.partition("=") for w in wanted)
    }
    config.parse_config(["-d", database, "--no-http"], setup_logging=True)
    with Context(database, "").env() as env:
        Crowd(env, sizes).make()
        env.cr.commit()
        build_figures(env)
        env.cr.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
