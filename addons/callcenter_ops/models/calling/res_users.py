from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_callcenter_rules_company(self):
        """Whose new rules and results are: none, of who sets them up for everybody."""
        if self.has_group("callcenter_ops.group_manager"):
            return self._get_callcenter_own_company()
        return self.env.company
