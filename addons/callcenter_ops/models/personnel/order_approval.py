from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class OrderApproval(models.AbstractModel):
    """Approvals collected between submission and signature."""

    _name = "callcenter.order.approval"
    _description = "Approvals of a personnel order"

    visa_ids = fields.One2many(
        "callcenter.order.visa", "order_id", string="Approvals", readonly=True
    )
    is_my_visa_pending = fields.Boolean(
        string="Waits for my approval",
        compute="_compute_is_my_visa_pending",
        search="_search_is_my_visa_pending",
    )

    @api.depends("state", "visa_ids.state", "visa_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_my_visa_pending(self):
        for order in self:
            visa = order.sudo()._get_pending_visa(self.env.user)  # sudo: own line
            order.is_my_visa_pending = order.state == "submitted" and bool(visa)

    @api.model
    def _search_is_my_visa_pending(self, operator, value):
        if operator != "in":
            return NotImplemented
        pending = Domain("state", "=", "pending") & Domain("is_for_me", "=", True)
        waits = Domain("state", "=", "submitted") & Domain("visa_ids", "any", pending)
        return waits if True in value else ~waits

    def action_approve(self):
        """Give one's approval (the approvers asked for this order)."""
        self._decide("approved", self.env._("Approved."))

    def action_refuse(self, note=False):
        """Refuse one's approval: the order goes back to draft with the remark.

        :param str note: what has to be mended, required
        """
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
                order._refuse_stranger()
            if state == "refused":
                order._check_remark(note)
            visa.write(
                {
                    "state": state,
                    "decided_on": fields.Datetime.now(),
                    "decided_by_id": self.env.uid,
                    "note": note,
                }
            )
            order._log_line(order._describe_decision(visa, line))
            order._close_my_request()

    def _refuse_stranger(self):
        raise AccessError(
            self.env._("%(order)s is not for you to approve.", order=self.display_name)
        )

    def _check_remark(self, note):
        if not note or not note.strip():
            raise UserError(
                self.env._("Say in the remark what has to be mended in the order.")
            )

    def _describe_decision(self, visa, line):
        """One line of the history; a deputy's names the head he acted for."""
        user = self.env.user
        absent = visa.user_id.employee_id if visa.user_id != user else None
        acting = absent and user._get_callcenter_acting_note(absent)
        return " ".join(filter(None, [line, acting and f"({acting})", visa.note]))

    def _close_my_request(self):
        """Who has decided need not be reminded any more."""
        self.activity_unlink(
            ["mail.mail_activity_data_todo"], user_id=self.env.uid, only_automated=True
        )

    def _get_pending_visa(self, user):
        """The line of the user himself, or of a head whom he stands in for today."""
        self.ensure_one()
        represented = user._get_callcenter_represented()
        pending = self.visa_ids.filtered(
            lambda visa: visa.state == "pending" and visa.user_id in represented
        )
        own = pending.filtered(lambda visa: visa.user_id == user)
        return (own or pending)[:1]

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
                user_id=user._get_callcenter_stand_in().id,
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
