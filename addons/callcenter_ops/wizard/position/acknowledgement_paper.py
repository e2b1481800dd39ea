from odoo import fields, models


class AcknowledgementPaper(models.TransientModel):
    """Registers the date on which sheets of paper were signed."""

    _name = "callcenter.acknowledgement.paper"
    _description = "Register signed sheets"

    acknowledgement_ids = fields.Many2many(
        "callcenter.acknowledgement", string="Requests", required=True
    )
    date = fields.Date(
        string="Signed on",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )

    def action_register(self):
        """Clear the requests by the signature on paper."""
        self.ensure_one()
        self.acknowledgement_ids._register_paper(self.date)
        return {"type": "ir.actions.act_window_close"}
