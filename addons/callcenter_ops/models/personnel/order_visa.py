from odoo import fields, models


class OrderVisa(models.Model):
    """One approval of one order: asked on submission, given or refused once."""

    _name = "callcenter.order.visa"
    _description = "Approval of an order"
    _order = "order_id, id"
    _rec_name = "user_id"

    order_id = fields.Many2one(
        "callcenter.personnel.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Approver", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("pending", "Asked"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        default="pending",
    )
    decided_on = fields.Datetime()
    note = fields.Char(string="Remark")

    _once = models.UniqueIndex(
        "(order_id, user_id)", "This approver is asked for this order already."
    )
