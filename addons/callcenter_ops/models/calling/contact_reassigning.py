from odoo import fields, models
from odoo.exceptions import UserError


class ContactReassigning(models.AbstractModel):
    """A supervisor gives clients to an operator of his own choice."""

    _name = "callcenter.contact.reassigning"
    _description = "Queued contacts given to an operator"

    def action_reassign(self, reason=None, operator_id=None):
        """Reserve clients for another operator; rules are asked as ever.

        A client in an operator's hands is taken out of them first. A call-back keeps
        its time, whoever waits for none comes at once.

        :param str reason: kept in the log; without one it is asked for
        :param int operator_id: an appointed operator of the user's departments
        :raise UserError: nobody to give them to, or a client is neither in the queue
            nor in anybody's hands
        """
        self.check_access("write")
        if not reason:
            return self._ask_override("reassigned")
        overrides = self.env["callcenter.rule.override"]
        reason = overrides._check_reason(reason)
        operator = self._get_new_operator(operator_id)
        self._take_from_hands(reason, operator)
        if any(contact.state != "queued" for contact in self):
            raise UserError(
                self.env._("Only clients in the queue are given to an operator.")
            )
        overrides._log("reassigned", self, reason, new_employee_id=operator.id)
        now = fields.Datetime.now()
        for contact in self:
            contact._transition(
                {
                    "reserved_employee_id": operator.id,
                    "next_call_at": contact.next_call_at or now,
                }
            )
        return True

    def _take_from_hands(self, reason, operator):
        """Release the clients who are held by others than ``operator``."""
        held = self.filtered(lambda contact: contact.state == "claimed")
        claims = self.env["callcenter.call.claim"].search(
            [("contact_id", "in", held.ids)]
        )
        if operator in claims.employee_id:
            raise UserError(
                self.env._("%(name)s has this client already.", name=operator.name)
            )
        if claims:
            claims.action_release(reason)

    def _get_new_operator(self, operator_id):
        """The operator in superuser mode, if the user leads him and he may call."""
        people = self.env["hr.employee.public"].browse(operator_id or 0).exists()
        # sudo: personnel records are closed to supervisors; his department is shown
        employee = self.env["hr.employee"].sudo().browse(people.ids)
        user = employee.user_id
        is_operator = bool(user) and user.has_group("callcenter_ops.group_operator")
        is_own = people.department_id.callcenter_is_supervised
        if not (is_own and is_operator and employee.callcenter_status == "appointed"):
            raise UserError(
                self.env._("Choose an appointed operator of your departments.")
            )
        return employee
