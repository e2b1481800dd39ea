from datetime import timedelta

from odoo import fields
from odoo.fields import Domain

from ...tools.figures.expected_end import expected_end
from .dashboard_panel import DashboardPanel, table

_PACE_DAYS = 28
_LONGEST_CAMPAIGN = 3660


class CampaignsPanel(DashboardPanel):
    """Running campaigns: plan, actual, what is left and how long it will take."""

    def get_data(self):
        shown = Domain("state", "in", ("running", "paused")) & self.scope.companies
        if self.scope.campaign_id:
            shown &= Domain("id", "=", self.scope.campaign_id)
        campaigns = self.env["callcenter.campaign"].search(shown)
        done = self._get_done(campaigns)
        left = self._get_left(campaigns)
        pace = self._get_pace(campaigns)
        return {
            "campaigns": [
                self._prepare_campaign(
                    campaign,
                    done.get(campaign.id, (0, 0)),
                    left.get(campaign.id, 0),
                    pace.get(campaign.id, 0),
                )
                for campaign in campaigns
            ]
        }

    def _prepare_campaign(self, campaign, done, left, pace):
        contacts, targets = done
        return {
            "id": campaign.id,
            "name": campaign.name,
            "contacts": contacts,
            "plan_contacts": campaign.plan_contacts,
            "targets": targets,
            "plan_results": campaign.plan_results,
            "left": left,
            "days_left": left / pace if pace else None,
            "expected_end": self._expect_end(campaign, left, pace),
        }

    def _expect_end(self, campaign, left, pace):
        """The working day on which the last client is done with; None: nobody knows."""
        dayoff = campaign._get_rule_version()._get_dayoff(campaign._get_country())
        today = self.env.company._callcenter_today()
        end = expected_end(today, left / pace, dayoff) if pace else None
        return end and fields.Date.to_string(end)

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

    def _get_pace(self, campaigns):
        """Clients a campaign is done with on a mean day of those worked.

        Who is not reached stays in the queue, so attempts are no measure. The last
        four weeks of a longer period tell how long the rest will take.
        """
        first, last = self.scope.first, self.scope.last
        first = max(first, last - timedelta(days=_PACE_DAYS - 1))
        days = Domain("day", ">=", first) & Domain("day", "<=", last)
        worked = self.env["callcenter.call.stat"]._read_group(
            self._get_stats_domain(campaigns) & days,
            ["campaign_id"],
            ["day:count_distinct"],
            having=[("attempts:sum", ">", 0)],
        )
        done = self._count_done(campaigns, first, last)
        return {
            campaign.id: done.get(campaign.id, 0) / count for campaign, count in worked
        }

    def _count_done(self, campaigns, first, last):
        """Campaign id -> its contacts that the calls of ``[first, last]`` ended."""
        start, _end = self.env.company._callcenter_day_bounds(first)
        _start, end = self.env.company._callcenter_day_bounds(last)
        domain = Domain("campaign_id", "in", campaigns.ids) & Domain(
            "state", "=", "done"
        )
        domain &= Domain("last_call_at", ">=", start) & Domain("last_call_at", "<", end)
        contacts = self.env["callcenter.campaign.contact"]
        rows = contacts._read_group(domain, ["campaign_id"], ["__count"])
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
                ("days_left", self.env._("Days of work left"), "per_hour"),
            )
        ]
