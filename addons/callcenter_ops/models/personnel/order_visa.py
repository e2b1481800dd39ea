from odoo import api, fields, models
from odoo.fields import Domain


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
    decided_by_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        help="Another than the approver when a deputy acted for him.",
    )
    note = fields.Char(string="Remark")

    is_for_me = fields.Boolean(
        compute="_compute_is_for_me",
        search="_search_is_for_me",
        help="Asked of the user, or of a head whom he stands in for today.",
    )

    _once = models.UniqueIndex(
        "(order_id, user_id)", "This approver is asked for this order already."
    )

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_for_me(self):
        represented = self.env.user._get_callcenter_represented()
        for visa in self:
            visa.is_for_me = visa.user_id in represented

    @api.model
    def _search_is_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        represented = self.env.user._get_callcenter_represented()
        return Domain("user_id", "in" if True in value else "not in", represented.ids)
