from odoo import fields, models


class OrderChecklistItem(models.Model):
    """What every leaver's checklist of the company begins with."""

    _name = "callcenter.order.checklist.item"
    _description = "Item of the leaver's checklist"
    _order = "sequence, id"

    name = fields.Char(string="What", required=True, translate=True)
    responsible = fields.Char(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
