from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.common.action_code import reaches_database


class IrModelFields(models.Model):
    """A field made on a screen is computed by text that somebody typed."""

    _inherit = "ir.model.fields"

    @api.constrains("compute")
    def _check_speaks_no_sql(self):
        own = self.filtered(lambda field: field.state == "manual" and field.compute)
        if any(reaches_database(field.compute) for field in own):
            raise ValidationError(self.env._("SQL has no place in a computed field."))
