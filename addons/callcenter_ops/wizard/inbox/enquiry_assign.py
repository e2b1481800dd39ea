from odoo import fields, models


class EnquiryAssign(models.TransientModel):
    """Asks to whom letters are given; the letters decide whether they may be."""

    _name = "callcenter.enquiry.assign"
    _description = "Giving letters to an operator"

    enquiry_ids = fields.Many2many("callcenter.enquiry", readonly=True)
    operator_id = fields.Many2one(
        "hr.employee.public",
        required=True,
        domain=[("department_id.callcenter_is_supervised", "=", True)],
    )

    def action_assign(self):
        """Give them to the chosen operator."""
        self.ensure_one()
        self.enquiry_ids.action_assign(self.operator_id.id)
        return {"type": "ir.actions.act_window_close"}
