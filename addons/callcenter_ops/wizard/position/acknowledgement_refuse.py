from odoo import fields, models


class AcknowledgementRefuse(models.TransientModel):
    _name = "callcenter.acknowledgement.refuse"
    _description = "Refusal to sign"

    acknowledgement_id = fields.Many2one(
        "callcenter.acknowledgement", required=True, readonly=True, ondelete="cascade"
    )
    employee_id = fields.Many2one(
        related="acknowledgement_id.employee_id", related_sudo=False
    )
    document_name = fields.Char(
        related="acknowledgement_id.document_name", related_sudo=False
    )
    company_id = fields.Many2one(
        related="acknowledgement_id.company_id", related_sudo=False
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    reason = fields.Char(help="As the employee gave it, or that none was given.")
    witness_ids = fields.Many2many(
        "hr.employee",
        string="Witnesses",
        required=True,
        domain="[('id', '!=', employee_id), ('company_id', '=', company_id)]",
        help="The two employees who sign the act of refusal.",
    )

    def action_confirm(self):
        """Close the request with the refusal."""
        self.ensure_one()
        self.acknowledgement_id._check_role("callcenter_ops.group_hr")
        # sudo: HR may not write acknowledgements, their own methods close them
        self.acknowledgement_id.sudo()._refuse(self.date, self.reason, self.witness_ids)
        return {"type": "ir.actions.act_window_close"}
