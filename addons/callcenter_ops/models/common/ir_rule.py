from odoo import api, models
from odoo.fields import Domain


class IrRule(models.Model):
    _inherit = "ir.rule"

    @api.model
    def _compute_domain(self, model_name, mode="read"):
        """A row of a wizard is open to whoever began it, and to nobody else.

        Odoo asks for access rows alone, so whoever may use a wizard could read what
        others put into theirs: scans, remarks, letters.
        """
        domain = super()._compute_domain(model_name, mode)
        if self.env.su or not self.env[model_name]._transient:
            return domain
        return domain & Domain("create_uid", "=", self.env.uid)
