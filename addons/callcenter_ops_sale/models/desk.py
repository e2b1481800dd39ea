from odoo import models
from odoo.addons.callcenter_ops.models.desk.desk_snapshot import utc_text


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    def _get_orders(self, partner):
        """Quotations and orders of the client's company that are not invoiced yet."""
        # sudo: operators have no rights on orders; the client is in the caller's hands
        orders = self.env["sale.order"].sudo()
        domain = [
            ("partner_id", "child_of", partner.commercial_partner_id.id),
            ("state", "!=", "cancel"),
            ("invoice_status", "!=", "invoiced"),
        ]
        states = dict(orders._fields["state"]._description_selection(self.env))
        return [
            {
                "id": order.id,
                "name": order.name,
                "date": utc_text(order.date_order),
                "state": states[order.state],
                "amount": order.amount_total,
                "currency": order.currency_id.symbol,
            }
            for order in orders.search(domain, order="date_order desc", limit=10)
        ]
