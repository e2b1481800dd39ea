from odoo.exceptions import UserError

from ....tools.personnel.terms import add_days
from .post_kind import PostKind


class Transfer(PostKind):
    """Moves an appointed person to another post or department, or pays him anew."""

    series = "ПВ"
    form = "Т-5"
    okud = "0301004"
    title = "о переводе работника на другую работу"
    paper_template = "callcenter_ops.paper_transfer"
    proposes_present_post = False
    retro_reasons = ("decision",)
    ends_by_itself = True

    def check(self):
        self.check_stays()
        order = self.order
        if not order.job_id or not order.department_id:
            raise UserError(self.env._("Name the new post and the new department."))
        same_place = (order.job_id, order.department_id) == (
            self.employee.job_id,
            self.employee.department_id,
        )
        if same_place and not (order.wage or order.is_head):
            raise UserError(
                self.env._(
                    "%(name)s holds this post in this department already: a transfer "
                    "names another post, department or wage.",
                    name=self.employee.name,
                )
            )

    def execute(self):
        self.remember_previous()
        order = self.order
        vals = {"job_id": order.job_id.id, "department_id": order.department_id.id}
        if order.wage:
            vals["wage"] = order.wage
        if order.resource_calendar_id:
            vals["resource_calendar_id"] = order.resource_calendar_id.id
        self.write_version(order.date_effective, vals)
        self.write_manager()
        self.account.set_operator_rights(order.job_id)
        self.employee._after_callcenter_transfer(order)

    def undo(self, order):
        """Back to the former post from the day of the cancelling order."""
        self.restore_previous(max(order.date_effective, self.order.date_effective))
        self.account.set_operator_rights(self.employee.job_id)

    def end_term(self):
        """The temporary transfer is over: back to the former work."""
        if later := self._find_later():
            self._tell_of_later(later)
            return
        self.restore_previous(add_days(self.order.date_end, 1))
        self.account.set_operator_rights(self.employee.job_id)
        self.employee._after_callcenter_transfer(self.order)
        self.order._log_line(
            self.order._told_to().env._(
                "The term is over: back to the former post and pay."
            )
        )

    def _find_later(self):
        """An order that has decided on the post since."""
        kinds = self.order._get_kinds().items()
        return self.order.search(
            [
                ("employee_id", "=", self.employee.id),
                ("id", "!=", self.order.id),
                ("order_type", "in", [n for n, kind in kinds if kind.moves_employee]),
                ("state", "=", "executed"),
                ("executed_on", ">=", self.order.executed_on),
                ("id", ">", self.order.id),
            ],
            limit=1,
        )

    def _tell_of_later(self, later):
        self.order._log_line(
            self.order._told_to().env._(
                "The term is over; the post follows from %(order)s now.",
                order=later._told_to().display_name,
            )
        )

    def paper(self):
        return {
            **self.get_wage_terms(),
            **self.get_contract_terms(),
            "permanent": not self.order.date_end,
            "old_department": self._get_former("previous_department_id").name or "",
            "old_job": self._get_former("previous_job_id").name or "",
        }

    def _get_former(self, name):
        """The former post: remembered by execution, before it that of the card."""
        order = self.order
        if order.state in ("executed", "cancelled") and order[name]:
            return order[name]
        return self.employee[name.removeprefix("previous_")]
