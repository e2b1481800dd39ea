from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_words
from .order_kind import OrderKind


class Cancellation(OrderKind):
    """Undoes a signed order, which nothing else can."""

    series = "О"
    title = "об отмене приказа"
    paper_template = "callcenter_ops.paper_cancellation"
    retro_reasons = ("decision",)

    @property
    def target(self):
        return self.order.cancelled_order_id

    def check(self):
        target = self.target
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
        if target.employee_id != self.order.employee_id:
            raise UserError(
                self.env._("The order and the cancelled order name different people.")
            )
        if not self.order.basis:
            raise UserError(self.env._("Give the reason of the cancellation as basis."))
        if target.state == "executed" and target._get_kind().moves_employee:
            self._check_no_later_order()

    def _check_no_later_order(self):
        """Orders are undone in reverse, or later ones would hang in the air."""
        target = self.target
        moving = [
            name for name, kind in target._get_kinds().items() if kind.moves_employee
        ]
        later = target.search(
            [
                ("employee_id", "=", target.employee_id.id),
                ("id", "!=", target.id),
                ("order_type", "in", moving),
                ("state", "=", "executed"),
                ("executed_on", ">", target.executed_on),
            ],
            limit=1,
        )
        if later:
            raise UserError(
                self.env._(
                    "%(later)s was executed after %(order)s: cancel it first.",
                    later=later.display_name,
                    order=target.display_name,
                )
            )

    def execute(self):
        target = self.target
        target.lock_for_update()
        kind = target._get_kind()
        if target.state == "executed" or kind.works_once_signed:
            kind.undo(self.order)
        target._transition({"state": "cancelled", "execution_error": False})
        target.duty_ids.filtered(lambda duty: duty.state == "open")._close("dropped")
        target._log_line(
            target._told_to().env._(
                "Cancelled by order %(name)s.", name=self.order._told_to().display_name
            )
        )
        self.order.employee_id._after_callcenter_cancellation(self.order)

    def paper(self):
        target = self.target
        return {
            "cancelled_number": target.name or "",
            "cancelled_date": date_in_words(target.date_order),
            "cancelled_title": target._get_kind().title if target else "",
        }

    def get_register_content(self):
        return f"отмена приказа № {self.target.name}"
