from odoo import api, models
from odoo.exceptions import UserError


class EmployeeGuard(models.AbstractModel):
    """The card of an appointed person changes by orders, not by hand.

    Forms, imports, RPC and Odoo's departure wizard all come through here; the
    execution of an order passes with the guard's own token.
    """

    _name = "callcenter.employee.guard"
    _description = "Guard of an appointed person's card"

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._refuse_leaving_without_order()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_appointed(self):
        self._refuse_leaving_without_order()

    def _refuse_leaving_without_order(self):
        # sudo: the status is shown to few, the rule holds for all
        appointed = self.sudo().filtered(
            lambda employee: employee.callcenter_status == "appointed"
        )
        if appointed and not self._is_in_transition():
            raise UserError(
                self.env._(
                    "%(name)s was appointed by an order and leaves by an order alone: "
                    "make an order of dismissal, it archives the card on its day.",
                    name=appointed[0].name,
                )
            )
