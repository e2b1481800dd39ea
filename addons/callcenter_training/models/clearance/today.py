from odoo import api, models


class Today(models.AbstractModel):
    """Exceptions of clearance that wait for the Director."""

    _inherit = "callcenter.today"

    @api.model
    def _get_work(self, role):
        lines = super()._get_work(role)
        if role == "director":
            lines += self._get_override_lines()
        return lines

    @api.model
    def _get_override_lines(self):
        asked = self.env["callcenter.clearance.override"].search(
            [("state", "=", "requested")], order="date_from, id", limit=20
        )
        grant, see = self.env._("Grant"), self.env._("Open")
        return [
            self._prepare_line(
                override,
                override.employee_id.name,
                self.env._("Exception of clearance: %s", override.quiz_id.name),
                override.date_from,
                [
                    self._prepare_step(grant, record=override, method="action_approve"),
                    self._prepare_step(see, self._open_record(override)),
                ],
            )
            for override in asked
        ]
