from odoo import fields, models
from odoo.exceptions import AccessError

_ROLES = ("callcenter_ops.group_hr", "callcenter_ops.group_supervisor")


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
        self.check_access("read")
        if not any(self.env.user.has_group(group) for group in _ROLES):
            raise AccessError(
                self.env._("Only HR and the supervisor keep the leaver's checklist.")
            )
        for line in self.sudo():  # sudo: the supervisor reads the order only
            line._transition(
                {
                    "is_done": not line.is_done,
                    "done_on": not line.is_done and fields.Datetime.now(),
                    "done_by_id": not line.is_done and self.env.uid,
                }
            )
