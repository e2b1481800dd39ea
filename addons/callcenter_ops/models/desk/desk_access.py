from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...fastpath.prepared import BY_ONE_PLAN, run_prepared
from ...fastpath.row_cache import prime

_SEAT = """
SELECT e.id, e.name, v.department_id,
       (SELECT k.id FROM callcenter_call_claim k WHERE k.employee_id = e.id),
       EXISTS (SELECT FROM callcenter_campaign_contact c
                WHERE c.state = 'queued' AND c.next_call_at <= %(now)s
                  AND c.reserved_employee_id = e.id)
  FROM hr_employee e
  LEFT JOIN hr_version v ON v.id = e.current_version_id
 WHERE e.user_id = %(user_id)s AND e.company_id = %(company_id)s AND e.active
"""


class Seat(NamedTuple):
    """Who sits at the desk: in superuser mode, empty for a caller without a record.

    ``claim`` is the client in his hands; ``has_reserved`` tells whether a call-back is
    due that waits for him alone.
    """

    employee: models.BaseModel
    claim: models.BaseModel
    has_reserved: bool


class DeskAccess(models.AbstractModel):
    """Who asks at the desk, and what is in his hands."""

    _name = "callcenter.desk.access"
    _description = "Access to the desk"

    def _get_operator(self):
        """The caller's own employee in superuser mode, if he is an operator.

        :raise AccessError: anybody else
        """
        return self._get_seat().employee

    def _get_seat(self):
        """The ``Seat`` of the caller, if he is an operator.

        :raise AccessError: anybody else
        """
        if not self.env.user.has_group("callcenter_ops.group_operator"):
            raise AccessError(self.env._("The desk is open to operators alone."))
        seat = self._find_seat()
        if not seat.employee:
            raise AccessError(
                self.env._("Your user has no employee record: ask the HR department.")
            )
        return seat

    def _find_seat(self):
        """Where the caller sits, with what every request needs in the cache."""
        self.env.flush_all()
        # sudo: operators may not read personnel records, their own included
        employees = self.env["hr.employee"].sudo()
        owner = {"user_id": self.env.uid, "company_id": self.env.company.id}
        values = owner | {"now": fields.Datetime.now()}
        run_prepared(self.env.cr, _SEAT, values, before=BY_ONE_PLAN)
        row = self.env.cr.fetchone()
        if not row:
            return Seat(employees, self._claims(), False)
        employee_id, name, department_id, claim_id, has_reserved = row
        employee = employees.browse(employee_id)
        prime(employee, name=name, department_id=department_id, **owner)
        return Seat(employee, self._claims().browse(claim_id or ()), has_reserved)

    def _claims(self):
        # sudo: nobody but the desk touches claims; each is checked to be the caller's
        return self.env["callcenter.call.claim"].sudo()

    def _find_claim(self, employee, claim_id):
        """The live claim of that number, locked; empty when it is over.

        :raise AccessError: it belongs to another operator
        """
        claim = self._claims().browse(self._read_id(claim_id))._lock_live()
        if claim and claim.employee_id != employee:
            raise AccessError(self.env._("This client is in another operator's hands."))
        return claim

    def _get_claim(self, employee, claim_id):
        claim = self._find_claim(employee, claim_id)
        if not claim:
            raise UserError(
                self.env._(
                    "You do not hold this client any more: ask for the next one."
                )
            )
        return claim

    def _read_id(self, value):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise UserError(self.env._("%(value)s is no record number.", value=value))
