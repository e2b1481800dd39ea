from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.common.exact_money import to_decimal
from ...tools.workstation.norm import QUANTITY_UNIT, Norm
from .cost_item import PERIODICITIES


class WorkstationKitLine(models.Model):
    _name = "callcenter.workstation.kit.line"
    _inherit = ["callcenter.workstation.mixin"]
    _description = "Line of a workplace kit"
    _order = "kit_id, sequence, id"
    _settled_fields = ("kit_id",)
    _check_company_auto = True

    _guarded_fields = ()

    kit_id = fields.Many2one(
        "callcenter.workstation.kit", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="kit_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(
        related="kit_id.currency_id", string="Company currency"
    )
    sequence = fields.Integer(default=10)
    item_id = fields.Many2one(
        "callcenter.cost.item",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    periodicity = fields.Selection(
        PERIODICITIES,
        compute="_compute_from_item",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        copy=True,
    )
    quantity = fields.Float(
        default=1.0, required=True, digits=(12, 3), help="Pieces for one seat."
    )
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_from_item",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        copy=True,
    )
    amount = fields.Monetary(
        string="Price",
        compute="_compute_from_item",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        copy=True,
        help="Price of one piece or of one period.",
    )
    amount_seat = fields.Monetary(
        string="Amount per seat",
        compute="_compute_amount_seat",
        store=True,
        currency_field="company_currency_id",
        help="Quantity × price, in the company's currency at the rate of the day the "
        "kit comes into force.",
    )
    is_optional = fields.Boolean(
        string="Optional",
        help="Not part of the norm's total; a budget may include it.",
    )

    _item_unique = models.UniqueIndex(
        "(kit_id, item_id)", "A kit names each cost item once: change its quantity."
    )
    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity in a kit must be more than zero."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "The price in a kit must be more than zero."
    )

    @api.depends("item_id")
    def _compute_from_item(self):
        for line in self:
            line.periodicity = line.item_id.periodicity or "one_time"
            line.amount = line.item_id.amount
            line.currency_id = line.item_id.currency_id or line.kit_id.currency_id

    @api.depends("quantity", "amount", "currency_id", "kit_id.date_from")
    def _compute_amount_seat(self):
        for line in self:
            price = line.kit_id._to_company_currency(
                line.amount, line.currency_id, line.kit_id.date_from
            )
            rounding = line.kit_id._get_rounding()
            line.amount_seat = float(
                to_decimal(to_decimal(line.quantity, QUANTITY_UNIT) * price, rounding)
            )

    @api.constrains("kit_id", "item_id", "periodicity", "quantity", "amount")
    def _check_kit_open(self):
        if self._is_in_transition():
            return
        frozen = self.kit_id.filtered(lambda kit: kit._is_frozen())
        if frozen:
            raise ValidationError(
                self.env._(
                    "The kit %(kit)s is in force and no longer changes: make a new "
                    "version of it.",
                    kit=frozen[0].display_name,
                )
            )

    def _is_frozen(self):
        return self.kit_id._is_frozen()

    def _as_norm(self, on_date):
        """The line as a pure ``Norm`` in the company's currency at ``on_date``."""
        self.ensure_one()
        return Norm(
            self.item_id.id,
            self.periodicity,
            to_decimal(self.quantity, QUANTITY_UNIT),
            self.kit_id._to_company_currency(self.amount, self.currency_id, on_date),
        )
