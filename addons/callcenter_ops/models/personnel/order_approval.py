from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OrderApproval(models.AbstractModel):
    """Approvals collected between submission and signature."""

    _name = "callcenter.order.approval"
    _description = "Approvals of a personnel order"

    visa_ids = fields.One2many(
        "callcenter.order.visa", "order_id", string="Approvals", readonly=True
    )
    is_my_visa_pending = fields.Boolean(
        string="Waits for my approval", compute="_compute_is_my_visa_pending"
    )

    @api.depends("state", "visa_ids.state", "visa_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_my_visa_pending(self):
        for order in self:
            visa = order.sudo()._get_pending_visa(self.env.user)  # sudo: own line
            order.is_my_visa_pending = order.state == "submitted" and bool(visa)

    def action_approve(self):
        """Give one's approval (the approvers asked for this order)."""
        self._decide("approved", self.env._("Approved."))

    def action_refuse(self, note=False):
        """Refuse one's approval: the order goes back to draft with the remark."""
        self._decide("refused", self.env._("Approval refused."), note)
        orders = self.sudo()  # sudo: approvers do not edit orders
        orders._transition({"state": "draft"})
        orders.activity_unlink(["mail.mail_activity_data_todo"])

    def _decide(self, state, line, note=False):
        self.check_access("read")
        self._check_in_state("submitted")
        for order in self.sudo():  # sudo: visas are written here and nowhere else
            visa = order._get_pending_visa(self.env.user)
            if not visa:
                raise AccessError(
                    self.env._("%(order)s is not for you to approve.", order=order.name)
                    if order.name
                    else self.env._("This order is not for you to approve.")
                )
            visa.write(
                {"state": state, "decided_on": fields.Datetime.now(), "note": note}
            )
            order._log_line(" ".join(filter(None, [line, note])))

    def _get_pending_visa(self, user):
        """The line of the user himself, or of a head whom he stands in for today."""
        self.ensure_one()
        represented = user._get_callcenter_represented()
        return self.visa_ids.filtered(
            lambda visa: visa.state == "pending" and visa.user_id in represented
        )[:1]

    def _ask_for_visas(self):
        """Ask anew on each submission: what was approved may have changed since."""
        order = self.sudo()  # sudo: visas are written here and nowhere else
        order.visa_ids.unlink()
        rules = self.env["callcenter.order.visa.rule"].search(
            [
                ("company_id", "=", order.company_id.id),
                ("order_type", "in", (order.order_type, False)),
            ]
        )
        users = self.env["res.users"].union(
            *(rule._get_approver(order) for rule in rules)
        )
        self.env["callcenter.order.visa"].sudo().create(  # sudo: the same
            [{"order_id": order.id, "user_id": user.id} for user in users]
        )
        for user in users:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Approve the order"),
                user_id=user.id,
            )

    def _check_visas(self):
        for order in self:
            missing = order.visa_ids.filtered(lambda visa: visa.state != "approved")
            if missing:
                raise UserError(
                    self.env._(
                        "%(order)s still waits for the approval of %(names)s.",
                        order=order.display_name,
                        names=", ".join(missing.user_id.mapped("name")),
                    )
                )
