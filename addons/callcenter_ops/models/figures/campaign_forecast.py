from odoo import api, fields, models
from odoo.fields import Domain

from .campaign_forecaster import CampaignForecaster


class CampaignForecast(models.Model):
    """When a campaign will be done, as it was forecast on a day, and whether that held.

    Counted at night, and by hand on the campaign. Who is not settled by an attempt is
    tried again: by number of the attempt, hour and zone, as the rules allow.
    """

    _name = "callcenter.campaign.forecast"
    _description = "Forecast of a campaign"
    _order = "day desc, id desc"
    _rec_name = "campaign_id"

    campaign_id = fields.Many2one(
        "callcenter.campaign",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    department_id = fields.Many2one(related="campaign_id.department_id")
    day = fields.Date(required=True, readonly=True)
    counted_at = fields.Datetime(required=True, readonly=True)
    left = fields.Integer(
        string="Clients left", readonly=True, help="In the queue and in hand."
    )
    pace = fields.Float(
        string="Attempts a day",
        digits=(12, 1),
        readonly=True,
        aggregator="avg",
        help="Mean of the days worked in the last 28 days.",
    )
    settled_share = fields.Float(
        string="Settled by an attempt",
        readonly=True,
        aggregator="avg",
        help="Attempts with a final result / attempts of the last 28 days. Who is not "
        "settled is called again.",
    )
    has_end = fields.Boolean(
        readonly=True, help="No: nobody called, or the queue grows no smaller."
    )
    days = fields.Integer(string="Days of work left", readonly=True, aggregator=None)
    days_low = fields.Integer(string="At best, days", readonly=True, aggregator=None)
    days_high = fields.Integer(
        string="At worst, days",
        readonly=True,
        aggregator=None,
        help="Pace and shares both at the ends of their 90 % intervals. 0 = no end.",
    )
    end_date = fields.Date(string="Expected end", readonly=True)
    end_low = fields.Date(string="At best", readonly=True)
    end_high = fields.Date(string="At worst", readonly=True)
    tested_from = fields.Date(
        string="Tested since",
        readonly=True,
        help="What would have been forecast on this day, with what was known then.",
    )
    tested_expected = fields.Integer(
        string="Clients done with, forecast", readonly=True, aggregator=None
    )
    tested_low = fields.Integer(string="From, clients", readonly=True, aggregator=None)
    tested_high = fields.Integer(string="To, clients", readonly=True, aggregator=None)
    tested_done = fields.Integer(
        string="Clients done with, truly", readonly=True, aggregator=None
    )
    test_verdict = fields.Selection(
        [
            ("held", "Within the interval"),
            ("faster", "Faster than forecast"),
            ("slower", "Slower than forecast"),
        ],
        string="Backtest",
        compute="_compute_test_verdict",
    )

    _day_unique = models.UniqueIndex("(campaign_id, day)")

    @api.depends("tested_from", "tested_low", "tested_high", "tested_done")
    def _compute_test_verdict(self):
        for one in self:
            is_slow = one.tested_done < one.tested_low
            is_fast = one.tested_done > one.tested_high
            verdict = "slower" if is_slow else "faster" if is_fast else "held"
            one.test_verdict = one.tested_from and verdict

    @api.model
    def _cron_count(self):
        """Forecast every campaign that is called or on hold."""
        campaigns = self.env["callcenter.campaign"].search(
            [("state", "in", ("running", "paused"))]
        )
        for number, campaign in enumerate(campaigns, 1):
            self._count(campaign)
            self.env["ir.cron"]._commit_progress(1, remaining=len(campaigns) - number)

    @api.model
    def _count(self, campaign):
        """Today's forecast of a campaign, in place of an earlier one of today."""
        # sudo: the server alone writes forecasts, for whoever reads the campaign
        forecasts, campaign = self.sudo(), campaign.sudo()
        values = CampaignForecaster(campaign).get_values()
        kept = forecasts.search(
            [("campaign_id", "=", campaign.id), ("day", "=", values["day"])]
        )
        kept.write(values) if kept else kept.create(values)

    @api.model
    def _get_last(self, campaigns):
        """Campaign id -> its newest forecast, in one query.

        :param campaigns: those that the reader sees
        """
        domain = Domain("campaign_id", "in", campaigns.ids)
        rows = self._read_group(domain, ["campaign_id"], ["id:max"])
        return {campaign.id: self.browse(id_) for campaign, id_ in rows}
