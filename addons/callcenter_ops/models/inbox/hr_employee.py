from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _hand_over_callcenter_work(self, order, successor):
        """Letters in the hands of a dismissed operator go back to the queue."""
        report = super()._hand_over_callcenter_work(order, successor)
        line = self._release_letters()
        return [*report, line] if line["count"] else report

    def _release_letters(self):
        # sudo: HR executes the order and has no rights on letters
        letters = self.env["callcenter.enquiry"].sudo()
        held = letters.search([("employee_id", "=", self.id), ("state", "=", "taken")])
        held._free()
        given = [("reserved_user_id", "=", self.user_id.id), ("state", "=", "new")]
        letters.search(given)._transition({"reserved_user_id": False})
        queue = self.env._("the queue")
        return {"what": self.env._("Letters"), "count": len(held), "to": queue}
