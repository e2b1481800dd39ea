from odoo import api, models


class Followup(models.Model):
    """Who does not sit at his desk keeps no promises now."""

    _inherit = "callcenter.followup"

    @api.model
    def _get_absent(self, users):
        absent = super()._get_absent(users)
        operators = users.filtered(self._sits_at_desk)
        # sudo: a scheduled job asks who is at work
        states = self.env["callcenter.operator.state"].sudo()
        at_work = states.search(
            [
                ("user_id", "in", operators.ids),
                ("ended_at", "=", False),
                ("state", "!=", "offline"),
            ]
        ).user_id
        return absent | (operators - at_work)
