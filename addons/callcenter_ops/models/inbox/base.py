from odoo import api, models


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _get_models_of_clients(self):
        return super()._get_models_of_clients() | {"callcenter.enquiry"}
