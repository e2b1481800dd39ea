from odoo import fields, models


class WorkplaceSettings(models.TransientModel):
    """What HR sets for the workplaces of the company."""

    _name = "callcenter.workplace.settings"
    _description = "Settings of workplaces"

    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, readonly=True
    )
    policy = fields.Selection(
        selection=lambda self: (
            self.env["res.company"]
            ._fields["callcenter_workplace_policy"]
            ._description_selection(self.env)
        ),
        string="Operator without a workplace",
        required=True,
        default=lambda self: self.env.company.callcenter_workplace_policy,
        help="Whether an operator to whom no workplace was handed over is only "
        "warned or is handed no clients.",
    )

    def action_apply(self):
        """Set it for the company that one works in."""
        self.ensure_one()
        self.env.company._set_callcenter_workplace_policy(self.policy)
        return {"type": "ir.actions.act_window_close"}
