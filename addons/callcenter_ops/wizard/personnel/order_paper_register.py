from odoo import fields, models
from odoo.exceptions import UserError


class OrderPaperRegister(models.TransientModel):
    """Registers what came back on paper: the signature, its date, or a refusal."""

    _name = "callcenter.order.paper.register"
    _description = "Register the signed paper"

    order_id = fields.Many2one(
        "callcenter.personnel.order", required=True, ondelete="cascade"
    )
    paper_date = fields.Date(
        string="Signed on", default=lambda self: self.env.company._callcenter_today()
    )
    paper_scan = fields.Binary(string="Scan")
    paper_scan_name = fields.Char()
    paper_refused = fields.Boolean(string="Refused to sign")
    paper_witnesses = fields.Char(string="Witnesses")

    def action_register(self):
        """Write the paper's data on the order."""
        self.ensure_one()
        self.order_id._register_paper(self._prepare_paper_values())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_paper_values(self):
        if self.paper_refused and not self.paper_witnesses:
            raise UserError(self.env._("Name the witnesses of the refusal."))
        if not self.paper_refused and not self.paper_date:
            raise UserError(self.env._("Give the date of the signature."))
        return {
            "paper_date": self.paper_date,
            "paper_scan": self.paper_scan,
            "paper_scan_name": self.paper_scan_name,
            "paper_refused": self.paper_refused,
            "paper_witnesses": self.paper_witnesses,
        }
