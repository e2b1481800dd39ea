from odoo import fields, models


class FollowupGive(models.TransientModel):
    """Asks to whom promises are given; the promises decide whether they may be."""

    _name = "callcenter.followup.give"
    _description = "Giving promises to an operator"

    followup_ids = fields.Many2many("callcenter.followup", readonly=True)
    operator_id = fields.Many2one(
        "hr.employee.public",
        required=True,
        domain=[("department_id.callcenter_is_supervised", "=", True)],
    )

    def action_give(self):
        """Give them to the chosen operator."""
        self.ensure_one()
        self.followup_ids.action_give(self.operator_id.id)
        return {"type": "ir.actions.act_window_close"}
