from odoo import fields, models
from odoo.exceptions import UserError


class OrderActing(models.AbstractModel):
    """What an order on acting for an absent head asks for and does."""

    _name = "callcenter.order.acting"
    _description = "Order on acting for an absent head"

    absent_employee_id = fields.Many2one(
        "hr.employee",
        string="Instead of",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )

    _deputy_is_another = models.Constraint(
        "CHECK (absent_employee_id IS NULL OR absent_employee_id <> employee_id)",
        "Nobody can stand in for himself: choose another deputy.",
    )

    def _check_acting(self):
        if not self.absent_employee_id:
            raise UserError(self.env._("Name the employee who will be absent."))
        if not self.date_end:
            raise UserError(self.env._("Name the last day of the substitution."))
        if not self.employee_id.active:
            raise UserError(
                self.env._(
                    "%(name)s does not work here any more and cannot be the deputy.",
                    name=self.employee_id.name,
                )
            )

    def _execute_acting(self):
        """The period itself is told by the dates of the order."""

    def _undo_acting(self, order):
        """The cancelled state ends the period."""
