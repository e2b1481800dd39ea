from odoo import models


class SaleOrder(models.Model):
    """A confirmed order is the sale that an operator's offer was about."""

    _inherit = "sale.order"

    def action_confirm(self):
        result = super().action_confirm()
        for order in self.filtered(lambda one: one.state == "sale"):
            order._settle_offers()
        return result

    def _settle_offers(self):
        # sudo: whoever may confirm an order settles what was promised about it
        followups = self.env["callcenter.followup"].sudo()
        client = self.partner_id.commercial_partner_id
        offers = followups.search(
            [
                ("partner_id", "child_of", client.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "open"),
                ("kind", "=", "offer"),
            ]
        )
        offers._close(self.name)
