from odoo import fields, models

PERIODICITIES = [
    ("one_time", "One-time"),
    ("monthly", "Monthly"),
    ("yearly", "Yearly"),
]


class CostItem(models.Model):
    _name = "callcenter.cost.item"
    _description = "Workplace cost item"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        copy=False,
        help="Short mark by which imported files name the item.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    kind = fields.Selection(
        [
            ("equipment", "Equipment"),
            ("furniture", "Furniture"),
            ("consumable", "Consumables"),
            ("telephone", "Telephone service"),
            ("internet", "Internet"),
            ("licence", "Licences"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    periodicity = fields.Selection(
        PERIODICITIES,
        required=True,
        default="one_time",
        help="One-time items are paid when a seat opens, monthly ones every month, "
        "yearly ones when the seat opens and every twelve months from then on.",
    )
    amount = fields.Monetary(
        string="Price",
        help="Usual price of one piece or of one period; a kit may set its own.",
    )
    account_code = fields.Char(
        string="Account",
        help="Account of the bookkeeping, as the bookkeeper names it. Bill lines of "
        "this account or of its sub-accounts belong to the item.",
    )
    supplier_id = fields.Many2one("res.partner", check_company=True)
    product_ids = fields.Many2many(
        "product.product",
        relation="callcenter_cost_item_product_rel",
        string="Products",
        check_company=True,
        help="Bill and purchase lines of these products belong to the item.",
    )
    equipment_category_id = fields.Many2one("maintenance.equipment.category")
    replacement_months = fields.Integer(
        string="Replaced every (months)",
        help="Expected life; the cost of one-time items is spread over it. "
        "Zero: not replaced.",
    )
    note = fields.Text()

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "Another cost item of the company already has this code.",
    )
    _amount_positive = models.Constraint(
        "CHECK(amount IS NULL OR amount >= 0)",
        "The price of a cost item cannot be negative.",
    )
    _replacement_positive = models.Constraint(
        "CHECK(replacement_months IS NULL OR replacement_months >= 0)",
        "The replacement period cannot be negative.",
    )
