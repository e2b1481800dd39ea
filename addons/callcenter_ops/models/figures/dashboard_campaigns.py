from datetime import timedelta

from odoo import fields
from odoo.fields import Domain

from .dashboard_panel import DashboardPanel, table

_LONGEST_CAMPAIGN = 3660


class CampaignsPanel(DashboardPanel):
    """Running campaigns: plan, actual, what is left and how long it will take.

    The forecast is of last night: it reads calls one by one, which no screen does.
    """

    def get_data(self):
        shown = Domain("state", "in", ("running", "paused")) & self.scope.companies
        if self.scope.campaign_id:
            shown &= Domain("id", "=", self.scope.campaign_id)
        campaigns = self.env["callcenter.campaign"].search(shown)
        done = self._get_done(campaigns)
        left = self._get_left(campaigns)
        forecasts = self.env["callcenter.campaign.forecast"]._get_last(campaigns)
        return {
            "campaigns": [
                self._prepare_campaign(
                    campaign,
                    done.get(campaign.id, (0, 0)),
                    left.get(campaign.id, 0),
                    forecasts.get(campaign.id),
                )
                for campaign in campaigns
            ]
        }

    def _prepare_campaign(self, campaign, done, left, forecast):
        contacts, targets = done
        return {
            "id": campaign.id,
            "name": campaign.name,
            "contacts": contacts,
            "plan_contacts": campaign.plan_contacts,
            "targets": targets,
            "plan_results": campaign.plan_results,
            "left": left,
            **self._prepare_forecast(forecast),
        }

    def _prepare_forecast(self, forecast):
        """Days of work left, with the ends of their interval; None without an end."""
        if not (forecast and forecast.has_end):
            names = (
                "days_left",
                "days_low",
                "days_high",
                "expected_end",
                "forecast_of",
            )
            return dict.fromkeys(names)
        return {
            "days_left": forecast.days,
            "days_low": forecast.days_low,
            "days_high": forecast.days_high or None,
            "expected_end": fields.Date.to_string(forecast.end_date) or None,
            "forecast_of": fields.Date.to_string(forecast.day),
        }

    def _get_stats_domain(self, campaigns):
        return (
            Domain("facet", "=", "operator")
            & self.scope.companies
            & Domain("campaign_id", "in", campaigns.ids)
        )

    def _get_done(self, campaigns):
        today = self.env.company._callcenter_today()
        rows = self.env["callcenter.call.stat"]._read_period(
            self._get_stats_domain(campaigns),
            today - timedelta(days=_LONGEST_CAMPAIGN),
            today + timedelta(days=1),
            ["campaign_id"],
            ["contacts:sum", "targets:sum"],
        )
        return {campaign.id: tuple(sums) for campaign, *sums in rows}

    def _get_left(self, campaigns):
        rows = self.env["callcenter.campaign.contact"]._read_group(
            [("campaign_id", "in", campaigns.ids), ("state", "=", "queued")],
            ["campaign_id"],
            ["__count"],
        )
        return {campaign.id: count for campaign, count in rows}

    def get_tables(self, data):
        words = data["words"]
        return [
            table(
                self.env._("Campaigns: plan, left, forecast"),
                data["campaigns"],
                ("name", self.env._("Name"), "text"),
                ("contacts", words["contacts"], "count"),
                ("plan_contacts", self.env._("Planned contacts"), "count"),
                ("targets", words["targets"], "count"),
                ("plan_results", self.env._("Planned target contacts"), "count"),
                ("left", self.env._("Left"), "count"),
                ("days_left", self.env._("Days of work left"), "count"),
                ("days_low", self.env._("At best, days"), "count"),
                ("days_high", self.env._("At worst, days"), "count"),
            )
        ]
