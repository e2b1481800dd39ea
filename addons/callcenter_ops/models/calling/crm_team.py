from odoo import api, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    @api.model
    def _action_update_to_pipeline(self, action):
        """Who leads the call centre sees what comes of all its calls.

        Odoo shows everybody his own leads, and takes whoever is in no sales team for a
        newcomer.
        """
        is_member = bool(self.env.user.sale_team_id)
        help_ = action.get("help")
        action = super()._action_update_to_pipeline(action)
        if self.env.user.has_group("callcenter_ops.group_supervisor"):
            action["context"].pop("search_default_assigned_to_me", None)
            action["help"] = action["help"] if is_member else help_
        return action
