from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    @api.model
    def write_to_client(self, claim_id):
        """The window for a letter or message to the client in the operator's hands.

        :raise UserError: he rang himself and waits in no queue of the campaign
        """
        claim = self._get_claim(self._get_operator(), claim_id)
        if not claim.contact_id:
            raise UserError(
                self.env._("This client belongs to no campaign that writes to him.")
            )
        return claim.contact_id._get_writing_window()

    def _get_letters(self, employee):
        """Letters of the operator's department that nobody has taken, and his own."""
        # sudo: the queue is closed to operators; how many wait is all they learn
        enquiries = self.env["callcenter.enquiry"].sudo()
        [(count, late)] = self.env.execute_query(
            SQL(
                """
                SELECT count(*), count(*) FILTER (WHERE deadline_at < %(now)s)
                  FROM callcenter_enquiry
                 WHERE company_id = %(company)s AND (
                       (state = 'new' AND (department_id IS NULL
                                           OR department_id = %(department)s))
                    OR (state = 'taken' AND user_id = %(user)s))
                """,
                now=fields.Datetime.now(),
                company=employee.company_id.id,
                department=employee.department_id.id or None,
                user=employee.user_id.id,
                to_flush=[enquiries._fields["state"], enquiries._fields["user_id"]],
            )
        )
        action = "callcenter_ops.enquiry_action" if count else False
        return {"count": count, "late": late, "action": action}
