from odoo import fields, models


class OrderChecklist(models.Model):
    """One line of the leaver's checklist: what is given back or closed.

    It reminds and warns; by law it cannot hold up the dismissal.
    """

    _name = "callcenter.order.checklist"
    _description = "Leaver's checklist"
    _inherit = ["callcenter.guarded.mixin"]
    _order = "order_id, sequence, id"

    _guarded_fields = ("is_done", "done_on", "done_by_id", "order_id")

    name = fields.Char(string="What", required=True)
    order_id = fields.Many2one(
        "callcenter.personnel.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    responsible = fields.Char(help="Who takes it back or closes it.")
    note = fields.Char(string="Remark")
    is_done = fields.Boolean(string="Done", readonly=True)
    done_on = fields.Datetime(readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True)

    def action_toggle(self):
        """Mark the line as done, or open it again (HR, supervisor)."""
        self._check_role("callcenter_ops.group_hr", "callcenter_ops.group_supervisor")
        # sudo: lines are guarded, and the supervisor may only read them
        for line in self.sudo():
            line._transition(
                {
                    "is_done": not line.is_done,
                    "done_on": not line.is_done and fields.Datetime.now(),
                    "done_by_id": not line.is_done and self.env.uid,
                }
            )
