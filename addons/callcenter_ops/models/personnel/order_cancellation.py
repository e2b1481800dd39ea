from odoo import fields, models
from odoo.exceptions import UserError


class OrderCancellation(models.AbstractModel):
    """A signed order is undone by another order and by nothing else."""

    _name = "callcenter.order.cancellation"
    _description = "Order of cancellation"

    cancelled_order_id = fields.Many2one(
        "callcenter.personnel.order",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        tracking=True,
    )
    cancelling_order_ids = fields.One2many(
        "callcenter.personnel.order", "cancelled_order_id", string="Cancelled by"
    )

    def action_prepare_cancellation(self):
        """Open a new draft that cancels this order (HR)."""
        self.ensure_one()
        self._check_role("callcenter_ops.group_hr")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "name": self.env._("Order of cancellation"),
            "context": {
                "default_order_type": "cancellation",
                "default_cancelled_order_id": self.id,
                "default_company_id": self.company_id.id,
            },
        }

    def _check_cancellation(self):
        target = self.cancelled_order_id
        if not target:
            raise UserError(self.env._("Choose the order that is cancelled."))
        if target.order_type == "cancellation":
            raise UserError(
                self.env._("An order of cancellation cannot be cancelled itself.")
            )
        if target.state not in ("signed", "executed"):
            raise UserError(
                self.env._(
                    "%(order)s is not in force: only a signed or executed order can "
                    "be cancelled.",
                    order=target.display_name,
                )
            )
        if target.employee_id != self.employee_id:
            raise UserError(
                self.env._("The order and the cancelled order name different people.")
            )
        if not self.basis:
            raise UserError(self.env._("Give the reason of the cancellation as basis."))
        self._check_no_later_order(target)

    def _check_no_later_order(self, target):
        """Orders are undone in reverse, or later ones would hang in the air."""
        later = self.search(
            [
                ("employee_id", "=", target.employee_id.id),
                ("id", "!=", target.id),
                ("order_type", "in", ("appointment", "transfer", "dismissal")),
                ("state", "=", "executed"),
                ("executed_on", ">", target.executed_on),
            ],
            limit=1,
        )
        if target.state == "executed" and target.order_type != "acting" and later:
            raise UserError(
                self.env._(
                    "%(later)s was executed after %(order)s: cancel it first.",
                    later=later.display_name,
                    order=target.display_name,
                )
            )

    def _execute_cancellation(self):
        target = self.cancelled_order_id
        target.lock_for_update()
        if target.state == "executed" or target.order_type == "acting":
            getattr(target, f"_undo_{target.order_type}")(self)
        target._transition({"state": "cancelled", "execution_error": False})
        target._log_line(
            self.env._("Cancelled by order %(name)s.", name=self.display_name)
        )
