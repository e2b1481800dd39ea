from odoo import fields, models
from odoo.exceptions import UserError

_GROUP_HR = "callcenter_ops.group_hr"
_GROUP_DIRECTOR = "callcenter_ops.group_director"


class OrderFlow(models.AbstractModel):
    """The way of an order from draft to executed, the same for every kind.

    Each kind brings ``_check_<kind>()`` (may it be signed?), ``_execute_<kind>()``
    and ``_undo_<kind>(order)``, called by the cancelling order.
    """

    _name = "callcenter.order.flow"
    _description = "Life of a personnel order"

    def action_submit(self):
        """Hand a draft over for signature (HR)."""
        self._check_role(_GROUP_HR)
        self._check_in_state("draft")
        for order in self:
            order._check_ready()
        self._transition({"state": "submitted"})
        for order in self:
            order._after_submit()

    def action_return_to_draft(self):
        """Take an unsigned order back for correction (HR, Director)."""
        self._check_role(_GROUP_HR, _GROUP_DIRECTOR)
        self._check_in_state("submitted")
        orders = self.sudo()  # sudo: the Director may return but not edit
        orders._transition({"state": "draft"})
        orders._log_line(self.env._("Returned for correction."))
        orders.activity_unlink(["mail.mail_activity_data_todo"])

    def action_sign(self):
        """Sign, number and, when the day has come, execute (Director only)."""
        self._check_role(_GROUP_DIRECTOR)
        orders = self.sudo()  # sudo: the Director signs but does not edit
        orders.lock_for_update()
        self._check_in_state("submitted")
        orders._check_visas()
        for order in orders.sorted(lambda order: (order.date_order, order.id)):
            order._check_ready()
            order._sign()
        orders.filtered("is_due")._execute()

    def action_execute(self):
        """Execute signed orders whose day has come (HR, Director)."""
        self._check_role(_GROUP_HR, _GROUP_DIRECTOR)
        orders = self.sudo()  # sudo: executing writes users, which HR may not
        orders.lock_for_update()
        self._check_in_state("signed")
        for order in self:
            order._check_due()
        orders._execute()

    def _sign(self):
        number = self.env["callcenter.order.register"]._take_next(
            self.company_id, self.order_type, self.date_order.year
        )
        self._transition(
            {
                "state": "signed",
                "number": number,
                "year": self.date_order.year,
                "name": self._format_number(number),
                "signed_by_id": self.env.uid,
                "signed_for_id": self._get_represented_director().id,
                "signed_on": fields.Datetime.now(),
            }
        )
        self._log_signature()
        self.activity_unlink(["mail.mail_activity_data_todo"])
        getattr(self, f"_after_sign_{self.order_type}", lambda: None)()
        self._schedule_execution()

    def _log_signature(self):
        line = self.env._("Signed under number %(name)s.", name=self.name)
        absent = self.signed_for_id
        acting = absent and self.env.user._get_callcenter_acting_note(absent)
        self._log_line(f"{line} ({acting})" if acting else line)

    def _get_represented_director(self):
        """The absent Director in whose place the user signs, as ``hr.employee``."""
        substitutions = self.env["callcenter.substitution"]
        return substitutions._get_represented_director(self.env.user)

    def _execute(self):
        for order in self.sorted(lambda order: (order.date_execution, order.id)):
            order._check_ready()
            getattr(order, f"_execute_{order.order_type}")()
            order._transition(
                {
                    "state": "executed",
                    "executed_on": fields.Datetime.now(),
                    "execution_error": False,
                }
            )
            order._log_line(self.env._("Executed."))

    def _after_submit(self):
        """Ask every Director of the company for the signature."""
        self._log_line(self.env._("Submitted for signature."))
        self._ask_for_visas()
        getattr(self, f"_after_submit_{self.order_type}", lambda: None)()
        for user in self._get_signers():
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.date_effective,
                summary=self.env._("Sign the order"),
                user_id=user.id,
            )

    def _get_signers(self):
        group = self.env.ref(_GROUP_DIRECTOR)
        users = group.sudo().all_user_ids  # sudo: HR may not read groups
        return users.filtered(lambda user: self.company_id in user.company_ids)

    def _check_ready(self):
        """Raise UserError unless the order may be signed or executed as it is."""
        getattr(self, f"_check_{self.order_type}")()

    def _check_is_signed(self):
        for order in self:
            if order.state in ("draft", "submitted"):
                raise UserError(
                    self.env._("%(order)s is not signed yet.", order=order.display_name)
                )

    def _log_line(self, body):
        for order in self:
            order.message_post(body=body)
