from odoo import fields, models
from odoo.exceptions import AccessError


class WorkstationSettings(models.TransientModel):
    """The company's settings of this room, for roles that may not edit companies."""

    _name = "callcenter.workstation.settings"
    _description = "Workplace settings"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    workplace_policy = fields.Selection(
        lambda self: (
            self.env["res.company"]
            ._fields["callcenter_workplace_policy"]
            ._description_selection(self.env)
        ),
        string="Operator without a workplace",
        required=True,
        default=lambda self: self.env.company.callcenter_workplace_policy,
        help="Warned only, or handed no clients until a workplace is his.",
    )
    life_months = fields.Integer(
        string="Life of one-time items, months",
        required=True,
        default=lambda self: self.env.company.callcenter_life_months,
    )

    def action_save(self):
        """Save the settings of the company (HR and administrator)."""
        self.ensure_one()
        groups = "callcenter_ops.group_hr,callcenter_ops.group_manager"
        if not self.env.user.has_groups(groups):
            raise AccessError(self.env._("Only HR and the administrator may do this."))
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Choose one of your own companies."))
        # sudo: HR may set the rules of the room but not edit companies otherwise
        self.company_id.sudo().write(
            {
                "callcenter_workplace_policy": self.workplace_policy,
                "callcenter_life_months": self.life_months,
            }
        )
