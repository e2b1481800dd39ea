from odoo import api, models

_PRESENT = {"installed", "to install", "to upgrade"}


class IrModuleModule(models.Model):
    """Our bridges come with their partners, whatever ``skip_auto_install`` says.

    The option keeps out the addons that Odoo installs by itself, paid services among
    them; a bridge of ours holds what the product knows of an app.
    """

    _inherit = "ir.module.module"

    def button_install(self):
        action = super().button_install()
        self._install_callcenter_bridges()
        return action

    @api.model
    def _install_callcenter_bridges(self):
        """Mark each bridge to be installed whose addons all are, or will be."""
        bridges = self.search(
            [
                ("name", "=like", r"callcenter\_%"),
                ("auto_install", "=", True),
                ("state", "=", "uninstalled"),
            ]
        ).filtered(lambda one: set(one.dependencies_id.mapped("state")) <= _PRESENT)
        if bridges:
            bridges.button_install()
