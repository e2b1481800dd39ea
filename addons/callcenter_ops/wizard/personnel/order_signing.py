from lxml import html
from markupsafe import Markup
from odoo import api, fields, models


class OrderSigning(models.TransientModel):
    """Shows the Director the papers of orders before he signs them."""

    _name = "callcenter.order.signing"
    _description = "Sign orders"

    order_ids = fields.Many2many(
        "callcenter.personnel.order",
        required=True,
        default=lambda self: self._get_chosen_orders(),
    )
    order_count = fields.Integer(compute="_compute_order_count")
    labour_warning = fields.Text(compute="_compute_labour_warning")
    paper_html = fields.Html(
        string="The order", compute="_compute_paper_html", sanitize=False
    )

    @api.model
    def _get_chosen_orders(self):
        """The orders that are ticked in the list, or the one whose form is open."""
        orders = self.env["callcenter.personnel.order"]
        if self.env.context.get("active_model") != orders._name:
            return orders
        return orders.browse(self.env.context.get("active_ids", []))

    @api.depends("order_ids")
    def _compute_order_count(self):
        for record in self:
            record.order_count = len(record.order_ids)

    @api.depends("order_ids")
    def _compute_labour_warning(self):
        for record in self:
            warned = record.order_ids.filtered("labour_warning")
            record.labour_warning = "\n".join(
                f"{order.display_name}: {order.labour_warning}" for order in warned
            )

    @api.depends("order_ids")
    def _compute_paper_html(self):
        report = self.env.ref("callcenter_ops.personnel_order_action_report")
        for record in self:
            paper = record.order_ids and report._render_qweb_html(
                report.report_name, record.order_ids.ids
            )
            record.paper_html = paper and self._get_body(paper[0])

    @api.model
    def _get_body(self, page):
        """The articles of a rendered page, without its head and scripts."""
        root = html.fromstring(page)
        articles = root.find_class("article")
        return Markup("").join(
            Markup(html.tostring(article, encoding="unicode")) for article in articles
        )

    def action_sign(self):
        """Sign what was shown; the order checks who may."""
        self.ensure_one()
        self.order_ids.action_sign()
        return {"type": "ir.actions.act_window_close"}
