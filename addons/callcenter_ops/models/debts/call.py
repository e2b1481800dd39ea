from odoo import models


class Call(models.Model):
    _inherit = "callcenter.call"

    def _carry_out(self, personal):
        result = super()._carry_out(personal)
        self._make_promise()
        return result

    def _make_promise(self):
        if self.promise_date:
            # sudo: promises are written by the server alone
            self.env["callcenter.promise"].sudo()._make(self)
            self._await_promise()

    def _await_promise(self):
        """The debtor came by himself: nobody reminds him before the promised day."""
        if self.direction == "in":
            contacts = self._get_queued_contacts(is_debt=True)
            contacts.try_lock_for_update()._put_off_until(
                self._get_day_after_promise(), "promise"
            )

    def _undo_outcome(self):
        # sudo: promises are written by the server alone
        promises = self.env["callcenter.promise"].sudo()
        promises.search([("call_id", "=", self.id)]).state = "cancelled"
        return super()._undo_outcome()
