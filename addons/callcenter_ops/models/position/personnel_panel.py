from odoo import api, models


class PersonnelPanel(models.Model):
    """Tiles of HR's home about documents and briefings."""

    _inherit = "callcenter.personnel.panel"

    @api.model
    def _get_targets(self):
        return super()._get_targets() | {
            "acknowledgements": self._get_target_acknowledgements,
            "lapsed": self._get_target_lapsed,
        }

    @api.model
    def _get_steps(self):
        return super()._get_steps() | {
            "acknowledgements": ("due_date", self.env._("Open"), None),
        }

    @api.model
    def _get_view_modes(self, model):
        # an editable list is its own form
        if model == "callcenter.briefing.period":
            return ["list"]
        return super()._get_view_modes(model)

    def _get_target_acknowledgements(self):
        today = self.env.company._callcenter_today()
        domain = [("state", "=", "pending"), ("due_date", "<", today)]
        return "callcenter.acknowledgement", domain, True

    def _get_target_lapsed(self):
        return "callcenter.briefing.period", [("is_lapsed", "=", True)], True
