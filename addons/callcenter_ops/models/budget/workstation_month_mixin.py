from odoo import api, fields, models

from ...tools.common.period import first_of_month


class WorkstationMonthMixin(models.AbstractModel):
    """Rows of a month: whatever day is entered, the month's first one is kept."""

    _name = "callcenter.workstation.month.mixin"
    _inherit = ["callcenter.workstation.mixin"]
    _description = "Row of a month"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise_month(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalise_month(vals))

    @api.model
    def _normalise_month(self, vals):
        if not vals.get("month"):
            return vals
        return vals | {"month": first_of_month(fields.Date.to_date(vals["month"]))}
