from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MyWorkplace(models.AbstractModel):
    """The operator's own screens: his place, his acts, what is in his hands."""

    _name = "callcenter.my.workplace"
    _description = "My workplace"

    @api.model
    def action_open_place(self):
        """The form of the operator's own place; without one a hint what to do."""
        action = self._get_action("workstation_action_my")
        employee = self.env.user.employee_id
        today = self.env.company._callcenter_today()
        shares = self.env["callcenter.workstation.share"]._get_in_force_domain(today)
        mine = Domain("employee_id", "=", employee.id)
        action["domain"] = list(mine | Domain("share_ids", "any", mine & shares))
        place = self.env["callcenter.workstation"].search(action["domain"], limit=1)
        if not place:
            return action
        form = self.env.ref("callcenter_ops.workstation_view_form_my")
        return action | {"res_id": place.id, "views": [(form.id, "form")]}

    @api.model
    def action_open_acts(self):
        """The operator's acts, those that wait for his signature first."""
        action = self._get_action("handover_action_my")
        known = [("state", "in", ("issued", "done"))]
        return action | {"domain": action["domain"] + known}

    @api.model
    def action_open_equipment(self):
        """The equipment that the operator holds."""
        return self._get_action("maintenance_equipment_action_my")

    def _get_action(self, name):
        """An action of ours, narrowed to the operator himself."""
        if not self.env.user.has_group("callcenter_ops.group_operator"):
            raise AccessError(
                self.env._("Only operators have a workplace of their own.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(f"callcenter_ops.{name}")
        employee = self.env.user.employee_id
        return action | {"domain": [("employee_id", "=", employee.id)]}
