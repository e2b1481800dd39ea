from odoo import models

_WIDER_ROLES = ("supervisor", "hr", "director", "manager")


class ResUsers(models.Model):
    _inherit = "res.users"

    def _has_closed_client_base(self):
        """Whether the user is an operator alone: the record rules say the same."""
        return self.has_group("callcenter_ops.group_operator") and not any(
            self.has_group(f"callcenter_ops.group_{role}") for role in _WIDER_ROLES
        )
