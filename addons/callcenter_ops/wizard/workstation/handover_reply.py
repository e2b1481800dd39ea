from odoo import fields, models


class HandoverReply(models.TransientModel):
    """Asks the employee what is wrong with what he is handed or gives back."""

    _name = "callcenter.handover.reply"
    _description = "Remark to an act"

    act_id = fields.Many2one("callcenter.handover", required=True, ondelete="cascade")
    remark = fields.Text(required=True)

    def action_accept(self):
        """Sign the act with the remark on it."""
        self.ensure_one()
        self.act_id._accept_with_remark(self.remark)
        return {"type": "ir.actions.act_window_close"}

    def action_refuse(self):
        """Leave the act unsigned; who issued it gets the remark to deal with."""
        self.ensure_one()
        self.act_id._note_remark(self.remark)
        return {"type": "ir.actions.act_window_close"}
