from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# What Odoo shows every employee and what tells of one partner.
_RECORDS_OF_PARTNERS = {
    "mail.followers": "partner_id",
    "mail.notification": "res_partner_id",
    "res.partner.bank": "partner_id",
}


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """A record that tells of a partner is as closed as the partner."""
        domain = super()._compute_domain(model_name, mode)
        link = _RECORDS_OF_PARTNERS.get(model_name)
        if not link or self.env.su or not self.env.user._has_closed_client_base():
            return domain
        readable = super()._compute_domain("res.partner", "read")
        of_partner = Domain(link, "=", False) | Domain(link, "any", readable)
        return (domain & of_partner).optimize(self.env[model_name])

    def _make_access_error(self, operation, records):
        """Odoo names the record it refuses, in developer mode, which anybody turns on.

        Whoever tries one number after the other would read the client base.
        """
        error = super()._make_access_error(operation, records)
        if not self.env.user._has_closed_client_base():
            return error
        return AccessError(
            self.env._("This is not open to you: it is not in your hands.")
        )
