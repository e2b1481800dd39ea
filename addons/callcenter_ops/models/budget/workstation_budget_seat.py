from odoo import api, fields, models


class WorkstationBudgetSeat(models.Model):
    _name = "callcenter.workstation.budget.seat"
    _inherit = ["callcenter.workstation.month.mixin"]
    _description = "Seats of a workplace budget from a month on"
    _order = "budget_id, month"
    _settled_fields = ("budget_id",)

    _guarded_fields = ()

    budget_id = fields.Many2one(
        "callcenter.workstation.budget", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="budget_id.company_id", store=True, index=True)
    month = fields.Date(
        string="From the month", required=True, help="Any day of the month."
    )
    seat_count = fields.Integer(string="Seats", required=True)

    kit_id = fields.Many2one(
        "callcenter.workstation.kit",
        ondelete="restrict",
        help="Norm that holds from this month on; empty: the norm does not change.",
    )

    _month_unique = models.UniqueIndex(
        "(budget_id, month)", "The budget already has a number of seats for this month."
    )
    _seats_positive = models.Constraint(
        "CHECK(seat_count >= 0)", "The number of seats cannot be negative."
    )

    @api.constrains("budget_id", "month", "seat_count")
    def _check_budget_open(self):
        if not self._is_in_transition():
            self.budget_id._check_in_state("draft")

    def _is_frozen(self):
        return self.budget_id.state != "draft"
