"""Whether what was found out about an operator's clearance still holds."""

from .prepared import run_prepared
from .switch import STAMP, is_on

_BLOCKERS = "_get_callcenter_blockers"
_SOURCES = "_get_callcenter_blocker_sources"
_STAMP = """
SELECT md5(string_agg(concat(tableoid, ctid, xmin), ' ' ORDER BY tableoid, ctid))
  FROM ({rows}) AS source
"""


class ClearanceStamp:
    """A hash over the versions of all rows that decide about one employee.

    :param employee: ``hr.employee``, one record; its rooms name their rows in
        ``_get_callcenter_blocker_sources``
    """

    def __init__(self, employee):
        self.employee = employee

    def is_of_use(self):
        """Whether every class that adds blockers also says what it reads."""
        return is_on(STAMP) and all(
            _SOURCES in vars(klass)
            for klass in type(self.employee).__mro__
            if _BLOCKERS in vars(klass)
        )

    def compute(self):
        """A text that changes with every row inserted, changed or deleted.

        PostgreSQL writes each version of a row to a place of its own (ctid) and notes
        its transaction (xmin), so not even a write past the ORM goes unnoticed.
        """
        rows = " UNION ALL ".join(
            f"SELECT tableoid, ctid, xmin FROM {source}"  # noqa: S608
            for source in self.employee._get_callcenter_blocker_sources()
        )
        owner = {
            "employee": self.employee.id,
            "company": self.employee.company_id.id,
        }
        cr = self.employee.env.cr
        run_prepared(cr, _STAMP.format(rows=rows), owner)
        return cr.fetchone()[0]
