from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL


class EnquiryQueue(models.AbstractModel):
    """Taking letters one by one, the longest waiting first."""

    _name = "callcenter.enquiry.queue"
    _description = "Queue of letters and messages"

    def action_take_next(self):
        """Take the letter that waits longest; the one in hand comes back first.

        :return: a window with the letter, or a notice that none waits
        :raise UserError: the operator is not cleared, in words
        """
        # The desk knows who is an operator and speaks to him in superuser mode.
        employee = self.env["callcenter.desk"]._get_operator()
        self._check_cleared(employee)
        held = self.search(
            [("user_id", "=", self.env.uid), ("state", "=", "taken")], limit=1
        )
        enquiry = held or self._take_first(employee)
        if not enquiry:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "message": self.env._("No letter is waiting."),
                    "type": "info",
                    # The window of the answer has no letter to go on with.
                    "next": {"type": "ir.actions.act_window_close"},
                },
            }
        return enquiry._get_window()

    def action_take(self):
        """Take a chosen letter that the user may read."""
        self.ensure_one()
        self.check_access("read")
        employee = self.env["callcenter.desk"]._get_operator()
        self._check_cleared(employee)
        self._check_no_other()
        # sudo: nobody writes the holder; it is the operator himself
        if not self.sudo()._hold(employee):
            raise UserError(self.env._("Another operator has just taken this letter."))
        return self._get_window()

    def action_put_back(self):
        """Give the letter back to the queue: its holder or a supervisor."""
        self.ensure_one()
        self.check_access("read")
        is_own = self.user_id == self.env.user
        if not is_own and not self.env.user.has_group(
            "callcenter_ops.group_supervisor"
        ):
            raise AccessError(
                self.env._("Only its holder or a supervisor puts a letter back.")
            )
        if self.state != "taken":
            raise UserError(self.env._("This letter is in nobody's hands."))
        # sudo: checked above; operators do not write enquiries
        self.sudo()._free()
        return True

    def _free(self):
        self._transition(
            {"state": "new", "user_id": False, "employee_id": False, "taken_at": False}
        )

    def _check_cleared(self, employee):
        today = employee.company_id._callcenter_today()
        blockers = employee._get_callcenter_blockers(today)
        if blockers:
            raise UserError("\n".join(blocker["message"] for blocker in blockers))

    def _check_no_other(self):
        if self.search_count([("user_id", "=", self.env.uid), ("state", "=", "taken")]):
            raise UserError(self.env._("Answer the letter in your hands first."))

    def _take_first(self, employee):
        """The first letter that no rival is taking at this moment."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM callcenter_enquiry
                 WHERE company_id = %s AND state = 'new'
                   AND (department_id IS NULL OR department_id = %s)
                 ORDER BY received_at, id
                 LIMIT 1 FOR UPDATE SKIP LOCKED
                """,
                employee.company_id.id,
                employee.department_id.id or None,
            )
        )
        if not rows:
            return self.browse()
        # sudo: the queue is closed to operators until a letter is theirs
        enquiry = self.sudo().browse(rows[0])
        enquiry._hold(employee)
        return enquiry.with_env(self.env)

    def _hold(self, employee):
        """Put the letter into the operator's hands; whether it was still free."""
        if not self.try_lock_for_update() or self.state != "new":
            return False
        self._transition(
            {
                "state": "taken",
                "user_id": employee.user_id.id,
                "employee_id": employee.id,
                "taken_at": fields.Datetime.now(),
            }
        )
        # Somebody else's answer may have made a client of the sender meanwhile.
        self._match_client()
        self.flush_recordset()
        self.env["callcenter.client.grant"].invalidate_model()
        self.env["res.partner"].invalidate_model(["callcenter_grant_ids"])
        return True

    def _get_window(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "callcenter.enquiry",
            "res_id": self.id,
            "views": [(False, "form")],
        }
