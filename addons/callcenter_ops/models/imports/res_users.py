from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_importable_kinds(self):
        """Names of the kinds of imports that the user may load; record rules ask."""
        self.ensure_one()
        kinds = self.env["callcenter.data.import"]._get_kinds()
        return [
            name
            for name, kind in kinds.items()
            if any(map(self.has_group, kind.groups))
        ]
