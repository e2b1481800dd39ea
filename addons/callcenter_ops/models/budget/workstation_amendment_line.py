from odoo import api, fields, models

from ..workstation.cost_item import PERIODICITIES


class WorkstationAmendmentLine(models.Model):
    _name = "callcenter.workstation.amendment.line"
    _inherit = ["callcenter.workstation.month.mixin"]
    _description = "Line of a budget amendment"
    _order = "amendment_id, month, id"
    _settled_fields = ("amendment_id",)
    _check_company_auto = True

    _guarded_fields = ()

    amendment_id = fields.Many2one(
        "callcenter.workstation.amendment",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="amendment_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="amendment_id.currency_id")
    month = fields.Date(required=True, help="Any day of the month.")
    item_id = fields.Many2one(
        "callcenter.cost.item",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    periodicity = fields.Selection(
        PERIODICITIES,
        compute="_compute_periodicity",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    quantity = fields.Float(digits=(12, 3), help="More (or less) pieces.")
    amount = fields.Monetary(string="Change", help="Added to the plan of the month.")

    _item_unique = models.UniqueIndex(
        "(amendment_id, month, item_id, periodicity)",
        "An amendment changes each item of a month once.",
    )
    _amount_not_zero = models.Constraint(
        "CHECK(COALESCE(amount, 0) <> 0 OR COALESCE(quantity, 0) <> 0)",
        "A change of zero changes nothing.",
    )

    @api.depends("item_id")
    def _compute_periodicity(self):
        for line in self:
            line.periodicity = line.item_id.periodicity or "one_time"

    @api.constrains("amendment_id", "month", "item_id", "quantity", "amount")
    def _check_amendment_open(self):
        if not self._is_in_transition():
            self.amendment_id._check_in_state("draft")

    @api.constrains("amendment_id", "month")
    def _check_month(self):
        for line in self:
            line.amendment_id.budget_id._check_covers(line.month)

    def _is_frozen(self):
        return self.amendment_id.state != "draft"
