from odoo import api, fields, models


class OrderPaperRegister(models.TransientModel):
    """Registers what came back on paper: the signature or the refusal, and its day.

    An answer is registered once; a scan that was missing may still be added to it.
    """

    _name = "callcenter.order.paper.register"
    _description = "Register the signed paper"

    order_id = fields.Many2one(
        "callcenter.personnel.order", required=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(related="order_id.employee_id", related_sudo=False)
    company_id = fields.Many2one(related="order_id.company_id", related_sudo=False)
    is_registered = fields.Boolean(compute="_compute_is_registered")
    paper_date = fields.Date(
        string="Signed or refused on",
        default=lambda self: self.env.company._callcenter_today(),
    )
    paper_scan = fields.Binary(string="Scan")
    paper_scan_name = fields.Char()
    paper_refused = fields.Boolean(string="Refused to sign")
    witness_ids = fields.Many2many(
        "hr.employee",
        string="Witnesses",
        domain="[('id', '!=', employee_id), ('company_id', '=', company_id)]",
        help="The two employees who sign the act of refusal.",
    )

    @api.depends("order_id.paper_date")
    def _compute_is_registered(self):
        for page in self:
            page.is_registered = bool(page.order_id.paper_date)

    def action_register(self):
        """Keep the answer with the order, or the scan of one that is there."""
        self.ensure_one()
        if self.is_registered:
            self.order_id._add_scan(self.paper_scan, self.paper_scan_name)
        else:
            self.order_id._register_paper(
                self.paper_date,
                refused=self.paper_refused,
                witnesses=self.witness_ids,
                scan=(self.paper_scan, self.paper_scan_name),
            )
        return {"type": "ir.actions.act_window_close"}
