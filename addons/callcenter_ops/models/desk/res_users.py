from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._set_desk_as_home()
        return users

    def write(self, vals):
        result = super().write(vals)
        if "group_ids" in vals:
            self._set_desk_as_home()
        return result

    def _set_desk_as_home(self):
        """Operators start at their desk, unless they have chosen another page."""
        desk = self.env.ref("callcenter_ops.desk_action", raise_if_not_found=False)
        operators = self.filtered(
            lambda user: (
                not user.action_id
                and user.has_group("callcenter_ops.group_operator")
                and not user.has_group("callcenter_ops.group_supervisor")
            )
        )
        if desk and operators:
            # sudo: the home page follows from the role, whoever gave the role
            operators.sudo().action_id = desk.sudo().id
