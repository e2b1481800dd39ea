from odoo import models

# Whoever has one of these roles finds "My documents" under a group of his own.
_ROLES_WITH_PLACE = ("operator", "supervisor", "hr", "manager")


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Seven groups at most: "My documents" is none beside those of a role."""
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        menu = self.env.ref(
            "callcenter_ops.menu_acknowledgement_own", raise_if_not_found=False
        )
        roles = (f"callcenter_ops.group_{role}" for role in _ROLES_WITH_PLACE)
        if menu and any(user.has_group(role) for role in roles):
            hidden.append(menu.id)
        return hidden
