from odoo import fields, models


class WorkstationKitCompareRow(models.TransientModel):
    _name = "callcenter.workstation.kit.compare.row"
    _description = "Changed line of a kit"

    compare_id = fields.Many2one(
        "callcenter.workstation.kit.compare",
        required=True,
        ondelete="cascade",
        index=True,
    )
    currency_id = fields.Many2one(related="compare_id.after_id.currency_id")
    item_id = fields.Many2one("callcenter.cost.item", readonly=True)
    kind = fields.Selection(
        [("added", "Added"), ("removed", "Removed"), ("changed", "Changed")],
        string="What happened",
        readonly=True,
    )
    quantity_before = fields.Float(digits=(12, 3), readonly=True)
    quantity_after = fields.Float(digits=(12, 3), readonly=True)
    amount_before = fields.Monetary(string="Before, per seat", readonly=True)
    amount_after = fields.Monetary(string="After, per seat", readonly=True)
    difference = fields.Monetary(readonly=True)
