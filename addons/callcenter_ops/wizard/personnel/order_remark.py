from odoo import fields, models


class OrderRemark(models.TransientModel):
    """Asks for the remark without which a step of an order is not taken."""

    _name = "callcenter.order.remark"
    _description = "Remark to an order"

    order_id = fields.Many2one(
        "callcenter.personnel.order", required=True, ondelete="cascade"
    )
    purpose = fields.Selection(
        [("refuse", "Refuse the approval"), ("end_last_day", "End the last day now")],
        required=True,
        default="refuse",
    )
    note = fields.Text(string="Remark", required=True)

    def action_apply(self):
        """Take the step with the remark; the order checks who may."""
        self.ensure_one()
        order = self.order_id
        steps = {
            "refuse": order.action_refuse,
            "end_last_day": order.action_end_last_day,
        }
        steps[self.purpose](self.note)
        order.invalidate_recordset()
        if order.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        # A refused order is a draft again, which is HR's: its form cannot stay open.
        return self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.personnel_order_action"
        ) | {"target": "main"}
