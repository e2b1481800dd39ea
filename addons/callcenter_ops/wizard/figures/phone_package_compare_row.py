from odoo import fields, models


class PhonePackageCompareRow(models.TransientModel):
    _name = "callcenter.phone.package.compare.row"
    _description = "Package in a comparison"
    _order = "amount_total, id"

    compare_id = fields.Many2one(
        "callcenter.phone.package.compare",
        required=True,
        ondelete="cascade",
        index=True,
    )
    package_id = fields.Many2one("callcenter.phone.package", readonly=True)
    currency_id = fields.Many2one(related="package_id.currency_id")
    line_count = fields.Integer(string="Lines", readonly=True)
    minutes_counted = fields.Float(string="Counted, min", digits=(12, 1), readonly=True)
    minutes_over = fields.Float(string="Beyond, min", digits=(12, 1), readonly=True)
    amount_overrun = fields.Monetary(string="Overrun", readonly=True)
    amount_total = fields.Monetary(
        string="Month in all", readonly=True, help="Fees of all lines + overrun."
    )
