from odoo import api, models


class Trail(models.Model):
    _inherit = "callcenter.trail"

    @api.model
    def _get_acting_for(self):
        absent = self.env.user._get_callcenter_acting_for()
        return ", ".join(absent.mapped("name")) or super()._get_acting_for()
