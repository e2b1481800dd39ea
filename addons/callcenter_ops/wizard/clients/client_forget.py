from odoo import fields, models


class ClientForget(models.TransientModel):
    """Confirm that a client asked to be forgotten."""

    _name = "callcenter.client.forget"
    _description = "Forget a client"

    partner_id = fields.Many2one("res.partner", string="Client", required=True)
    basis = fields.Char(
        required=True, help="The request: how and when it came, its number."
    )

    def action_forget(self):
        """Anonymise the client; his number stays on the stop list as a hash."""
        self.ensure_one()
        self.partner_id._forget_client(self.basis)
        return {"type": "ir.actions.act_window_close"}
