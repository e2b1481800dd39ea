from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _hand_over_callcenter_work(self, order, successor):
        """Release the clients of a dismissed operator and pass on his call-backs."""
        self.ensure_one()
        heir = successor or self.parent_id or self.department_id.manager_id
        done = [
            self._release_claims(),
            self._pass_on_callbacks(heir),
            self._pass_on_followups(heir),
        ]
        report = super()._hand_over_callcenter_work(order, successor)
        return report + [line for line in done if line["count"]]

    def _release_claims(self):
        # sudo: HR executes the order and has no rights on calls
        claims = self.env["callcenter.call.claim"].sudo()._get_own(self)
        count = len(claims)
        claims._return_to_queue()
        queue = self.env._("the queue")
        return {"what": self.env._("Live claims"), "count": count, "to": queue}

    def _pass_on_callbacks(self, heir):
        """Personal call-backs go to the successor, or to everybody without one."""
        # sudo: HR executes the order and has no rights on calls
        contacts = self.env["callcenter.campaign.contact"].sudo()
        own = contacts.search([("reserved_employee_id", "=", self.id)])
        # A head of department does not sit at a desk: his people share the promises.
        user = heir.user_id
        is_operator = bool(user) and user.has_group("callcenter_ops.group_operator")
        heir = heir if is_operator else heir.browse()
        given = self._note_given(own, "reserved_employee_id", heir) | {"from": self.id}
        own._transition({"reserved_employee_id": heir.id})
        return {
            "what": self.env._("Call-backs"),
            "count": len(own),
            "to": heir.name or self.env._("the queue"),
            "given": given,
        }

    def _pass_on_followups(self, heir):
        """Promises to clients go to the successor, or are common without one."""
        # sudo: HR executes the order and has no rights on calls
        followups = self.env["callcenter.followup"].sudo()
        own = followups.search(
            [("user_id", "=", self.user_id.id or -1), ("state", "=", "open")]
        )
        given = self._note_given(own, "user_id", heir.user_id)
        own._assign(heir.user_id)
        return {
            "what": self.env._("Promises to clients"),
            "count": len(own),
            "to": heir.user_id.name or self.env._("the department"),
            "given": given,
        }
