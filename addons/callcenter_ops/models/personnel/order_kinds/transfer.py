from odoo.exceptions import UserError

from .post_kind import PostKind


class Transfer(PostKind):
    """Moves an appointed person to another post or department, or pays him anew."""

    series = "ПВ"
    form = "Т-5"
    okud = "0301004"
    title = "о переводе работника на другую работу"
    paper_template = "callcenter_ops.paper_transfer"
    proposes_present_post = False

    def check(self):
        self.check_appointed()
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
