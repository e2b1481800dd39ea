from odoo import fields, models


class OrderHandover(models.Model):
    """One line of what went where when an operator was dismissed."""

    _name = "callcenter.order.handover"
    _description = "Handover at dismissal"
    _order = "order_id, id"
    _rec_name = "what"

    order_id = fields.Many2one(
        "callcenter.personnel.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    what = fields.Char(required=True)
    count = fields.Integer(required=True)
    to_whom = fields.Char(string="Handed over to")
