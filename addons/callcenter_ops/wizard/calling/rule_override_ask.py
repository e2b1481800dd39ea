from odoo import api, fields, models

_KINDS = [
    ("early_call", "Call before its time"),
    ("reservation", "Lift reservation"),
    ("reassigned", "Give to an operator"),
    ("claim", "Release"),
]


class RuleOverrideAsk(models.TransientModel):
    """Asks why a rule is set aside; contacts and claims decide whether it may be."""

    _name = "callcenter.rule.override.ask"
    _description = "Reason for setting a rule aside"

    kind = fields.Selection(_KINDS, required=True)
    contact_ids = fields.Many2many("callcenter.campaign.contact")
    claim_ids = fields.Many2many(
        "callcenter.call.claim", "callcenter_override_ask_claim_rel"
    )
    # Personnel records are closed to supervisors: they see the public side of them.
    operator_id = fields.Many2one(
        "hr.employee.public",
        domain=[("department_id.callcenter_is_supervised", "=", True)],
    )
    reason = fields.Text(required=True)
    expires_at = fields.Datetime(
        string="Valid until", default=lambda self: self._default_expires_at()
    )

    @api.model
    def _default_expires_at(self):
        """The end of the company's day."""
        company = self.env.company
        return company._callcenter_day_bounds(company._callcenter_today())[1]

    def action_apply(self):
        """Do the step with the reason."""
        self.ensure_one()
        if self.kind == "claim":
            return self.claim_ids.action_release(self.reason)
        if self.kind == "reservation":
            return self.contact_ids.action_free(self.reason)
        if self.kind == "reassigned":
            return self.contact_ids.action_reassign(self.reason, self.operator_id.id)
        return self.contact_ids.action_call_early(self.reason, self.expires_at)
