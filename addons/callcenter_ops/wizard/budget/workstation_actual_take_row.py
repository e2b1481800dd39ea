from odoo import fields, models


class WorkstationActualTakeRow(models.TransientModel):
    _name = "callcenter.workstation.actual.take.row"
    _description = "Line of a bill or order to take as an expense"
    _order = "is_taken, id"

    take_id = fields.Many2one(
        "callcenter.workstation.actual.take",
        string="Search",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="take_id.company_id")
    source_key = fields.Char(required=True, readonly=True)
    is_chosen = fields.Boolean(string="Take")
    is_taken = fields.Boolean(string="Entered before", readonly=True)
    kind = fields.Selection(
        lambda self: self.env["callcenter.workstation.actual"]._get_origins(),
        readonly=True,
    )
    date = fields.Date(readonly=True)
    document = fields.Char(readonly=True)
    supplier_id = fields.Many2one("res.partner", readonly=True)
    label = fields.Char(string="Description", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    item_id = fields.Many2one(
        "callcenter.cost.item", domain="[('company_id', '=', company_id)]"
    )
    how = fields.Selection(
        [
            ("product", "By product"),
            ("account", "By account"),
            ("supplier", "By supplier"),
            ("ambiguous", "Several items fit"),
        ],
        string="Recognised",
        readonly=True,
    )
