from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.common.action_code import reaches_database


class IrRule(models.Model):
    """A rule says who reads what; its text is evaluated at every request."""

    _inherit = "ir.rule"

    @api.constrains("domain_force")
    def _check_speaks_no_sql(self):
        if any(reaches_database(rule.domain_force or "[]") for rule in self):
            raise ValidationError(self.env._("SQL has no place in a record rule."))

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
