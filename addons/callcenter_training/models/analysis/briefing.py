from odoo import models


class Briefing(models.Model):
    _inherit = "callcenter.briefing"

    def action_open_effect(self):
        """What the people of the round knew and sold before it and after it."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_training.briefing_effect_action"
        )
        return action | {"domain": [("briefing_id", "=", self.id)], "context": {}}
