from odoo import models

_DESK = "callcenter_ops.desk_action"


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_callcenter_homes(self):
        """Operators start at their desk."""
        homes = [(_DESK, ("callcenter_ops.group_operator",))]
        return [*super()._get_callcenter_homes(), *homes]
