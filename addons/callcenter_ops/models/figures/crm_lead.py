from odoo import api, fields, models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "callcenter.call.story.mixin"]

    callcenter_call_ids = fields.One2many("callcenter.call", "lead_id", string="Calls")
    callcenter_call_count = fields.Integer(
        string="Number of calls", compute="_compute_callcenter_call_count"
    )

    _callcenter_won_idx = models.Index(
        "(id) INCLUDE (company_id) WHERE won_status = 'won'"
    )

    @api.depends("callcenter_call_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_callcenter_call_count(self):
        calls = self.env["callcenter.call"]
        counts = {}
        if calls.has_access("read"):
            rows = calls._read_group(
                [("lead_id", "in", self.ids), ("is_in_force", "=", True)],
                ["lead_id"],
                ["__count"],
            )
            counts = {lead.id: count for lead, count in rows}
        for lead in self:
            lead.callcenter_call_count = counts.get(lead.id, 0)

    def _get_callcenter_clients(self):
        return self.partner_id

    def action_view_callcenter_calls(self):
        """The calls that led to this opportunity and all others with its client."""
        self.ensure_one()
        domain = [("lead_id", "=", self.id)]
        if self.partner_id:
            domain = ["|", *domain, ("partner_id", "child_of", self.partner_id.id)]
        return self.env["callcenter.call"]._get_list_action(domain)
