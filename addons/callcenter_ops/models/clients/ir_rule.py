from odoo import models
from odoo.exceptions import AccessError


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Odoo names the record it refuses, in developer mode, which anybody turns on.

        An operator who tries one number after the other would read the client base.
        """
        error = super()._make_access_error(operation, records)
        if not self.env.user._has_closed_client_base():
            return error
        return AccessError(
            self.env._("This is not open to you: it is not in your hands.")
        )
