from odoo import models


class ResourceResource(models.Model):
    """The user of a card stands here, in Odoo's resource behind it."""

    _inherit = "resource.resource"

    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        # sudo: the cards of these resources, whoever may read them
        employees = self.sudo().with_context(active_test=False).employee_id
        before = employees._get_callcenter_links()
        result = super().write(vals)
        employees._follow_callcenter_links(before)
        return result
