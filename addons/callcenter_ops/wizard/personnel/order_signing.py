from lxml import html
from markupsafe import Markup
from odoo import api, fields, models


class OrderSigning(models.TransientModel):
    """Shows the Director the paper of an order before he signs it."""

    _name = "callcenter.order.signing"
    _description = "Sign an order"

    order_id = fields.Many2one(
        "callcenter.personnel.order", required=True, ondelete="cascade"
    )
    labour_warning = fields.Text(related="order_id.labour_warning")
    paper_html = fields.Html(
        string="The order", compute="_compute_paper_html", sanitize=False
    )

    @api.depends("order_id")
    def _compute_paper_html(self):
        report = self.env.ref("callcenter_ops.personnel_order_action_report")
        for record in self:
            paper = record.order_id and report._render_qweb_html(
                report.report_name, record.order_id.ids
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
        self.order_id.action_sign()
        return {"type": "ir.actions.act_window_close"}
