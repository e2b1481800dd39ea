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

    substitution_ids = fields.One2many("callcenter.substitution", "order_id")

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
        self._check_deputy_stays()
        self._check_no_other_deputy()

    def _check_deputy_stays(self):
        if not self.employee_id._works_on(self.date_end):
            raise UserError(
                self.env._(
                    "%(name)s leaves on %(date)s and cannot be the deputy until "
                    "%(end)s: choose other days or another deputy.",
                    name=self.employee_id.name,
                    date=self.employee_id.callcenter_last_day,
                    end=self.date_end,
                )
            )

    def _check_no_other_deputy(self):
        # sudo: an overlap counts whoever looks
        other = self.substitution_ids.sudo().search(
            [
                ("absent_employee_id", "=", self.absent_employee_id.id),
                ("is_cancelled", "=", False),
                ("order_id", "!=", self.id),
                ("date_from", "<=", self.date_end),
                ("date_to", ">=", self.date_effective),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "%(name)s stands in for this employee from %(start)s to %(end)s "
                    "already: choose other days or cancel that order.",
                    name=other.deputy_employee_id.name,
                    start=other.date_from,
                    end=other.date_to,
                )
            )

    def _after_sign_acting(self):
        """The signature fixes the period, so any later date can be asked about."""
        substitution = self.env["callcenter.substitution"].create(
            {
                "order_id": self.id,
                "company_id": self.company_id.id,
                "absent_employee_id": self.absent_employee_id.id,
                "deputy_employee_id": self.employee_id.id,
                "date_from": self.date_effective,
                "date_to": self.date_end,
            }
        )
        substitution._schedule_rights()
        if not self.employee_id.user_id.active:
            self._log_line(
                self.env._(
                    "%(name)s has no user account: the rights of the absent head come "
                    "as soon as there is one.",
                    name=self.employee_id.name,
                )
            )

    def _execute_acting(self):
        self.substitution_ids._sync_rights()

    def _undo_acting(self, order):
        """The period ends on the eve of the cancelling order."""
        self.substitution_ids._end_before(order.date_effective)
