from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.common.action_code import reaches_database


class IrRule(models.Model):
    """A rule says who reads what; its text is evaluated at every request."""

    _inherit = "ir.rule"

    @api.constrains("domain_force")
    def _check_speaks_no_sql(self):
        if any(reaches_database(rule.domain_force or "[]") for rule in self):
            raise ValidationError(self.env._("SQL has no place in a record rule."))
