from odoo import api, fields, models

from ...tools.calling.kpi import KPIS

_VIEWERS = "callcenter_ops.group_supervisor,callcenter_ops.group_director"


class Campaign(models.Model):
    _inherit = "callcenter.campaign"

    promise_count = fields.Integer(
        string="Promises", compute="_compute_promises", groups=_VIEWERS
    )
    kept_share = fields.Float(
        string="Kept promises",
        compute="_compute_promises",
        groups=_VIEWERS,
        help="Kept promises / (kept + broken promises)",
    )

    @api.depends("purpose")
    def _compute_promises(self):
        groups = self.env["callcenter.promise"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        )
        totals = {}
        for campaign, state, count in groups:
            totals.setdefault(campaign.id, {})[f"promises_{state}"] = count
        for record in self:
            own = totals.get(record.id, {})
            record.promise_count = sum(own.values())
            record.kept_share = KPIS["kept_share"].value(own) or 0

    def action_open_promises(self):
        """The promises that the calls of the campaign brought."""
        self.check_access("read")
        return self.env["callcenter.promise"]._get_list_action(
            [("campaign_id", "in", self.ids)]
        )
