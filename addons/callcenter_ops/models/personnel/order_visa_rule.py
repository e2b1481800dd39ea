from odoo import fields, models


class OrderVisaRule(models.Model):
    """Who must see an order before the Director signs it."""

    _name = "callcenter.order.visa.rule"
    _description = "Approval asked before the signature"
    _order = "sequence, id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    order_type = fields.Selection(
        selection=lambda self: (
            self.env["callcenter.personnel.order"]
            ._fields["order_type"]
            ._description_selection(self.env)
        ),
        string="Kind",
        help="Empty = orders of every kind.",
    )
    approver = fields.Selection(
        [("user", "This user"), ("head", "Head of the department on that day")],
        required=True,
        default="user",
    )
    user_id = fields.Many2one(
        "res.users", ondelete="cascade", help="Must hold a role of the call centre."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _user_named = models.Constraint(
        "CHECK (approver = 'head' OR user_id IS NOT NULL)",
        "Name the user who must see the order.",
    )

    def _get_approver(self, order):
        """``res.users`` asked for this order; empty when nobody heads it today."""
        self.ensure_one()
        if self.approver == "user":
            return self.user_id
        today = order.company_id._callcenter_today()
        return (
            order.department_id._get_acting_managers(today)
            .get(order.department_id.id, order.employee_id.browse())
            .user_id
        )
