from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.figures.kpi import KPIS
from ...tools.figures.tile_map import TILES

_PACE_DAYS = 28
_LONGEST_CAMPAIGN = 3660
_OWN_WORK = ("own_leads", "meetings")
_CALL_SUMS = ("attempts", "contacts", "sales", "amount", "leads")
_NO_CALLS = (0,) * len(_CALL_SUMS)


class DashboardTerritory(models.AbstractModel):
    """Where the calls went, when clients answer, and what is left to call."""

    _name = "callcenter.dashboard.territory"
    _description = "Territory of the dashboard"

    @api.model
    def _get_hours(self, first, last, filters):
        """Contact rate by federal district and the client's own hour."""
        rows = self._read_stats(
            "hour",
            first,
            last,
            filters,
            ["federal_district", "hour"],
            ["attempts:sum", "contacts:sum"],
        )
        labels = self._get_district_labels()
        return [
            {
                "district": district or "",
                "name": labels.get(district) or self.env._("Unknown district"),
                "hour": hour,
                "attempts": attempts,
                "contacts": contacts,
                "contact_rate": KPIS["contact_rate"].value(
                    {"attempts": attempts, "contacts": contacts}
                ),
            }
            for district, hour, attempts, contacts in rows
            if attempts
        ]

    @api.model
    def _get_district_labels(self):
        field = self.env["callcenter.call.stat"]._fields["federal_district"]
        return dict(field._description_selection(self.env))

    @api.model
    def _get_territory(self, first, last, filters, own_work):
        """Every region as a tile: calls of the period, base reached so far.

        :param own_work: what ``_count_own_work`` answers
        """
        sums = [f"{name}:sum" for name in _CALL_SUMS]
        rows = self._read_stats("region", first, last, filters, ["state_id"], sums)
        calls = {state.id: figures for state, *figures in rows if state}
        base, _counted_at = self._get_base()
        labels = self._get_district_labels()
        states = self.env["res.country.state"].search(
            [("country_id.code", "=", "RU"), ("code", "in", list(TILES))]
        )
        return [
            self._prepare_region(
                state, labels, calls.get(state.id, _NO_CALLS), base.get(state.id)
            )
            | dict(zip(_OWN_WORK, own_work.get(state.id, (0, 0)), strict=True))
            for state in states
        ]

    @api.model
    def _get_base(self):
        # sudo: numbers by region; who leads the calls need not read every client
        return self.env["callcenter.territory.base"].sudo()._get_base()

    @api.model
    def _get_base_note(self):
        """When the client base was counted last; False when it is counted now."""
        # sudo: a moment only
        kept = self.env["callcenter.territory.base"].sudo()._get_kept()
        return fields.Datetime.to_string(kept[:1].counted_at)

    @api.model
    def _prepare_region(self, state, labels, figures, base):
        attempts, contacts, sales, amount, leads = figures
        clients, reached = base or (0, 0)
        column, row = TILES[state.code]
        return {
            "id": state.id,
            "code": state.code,
            "name": state._get_region_label(),
            "district": labels.get(state.federal_district, ""),
            "district_code": state.federal_district or "",
            "column": column,
            "row": row,
            "attempts": attempts,
            "contacts": contacts,
            "sales": sales,
            "amount": amount,
            "call_leads": leads,
            "clients": clients,
            "reached": reached,
            "share": reached / clients if clients else None,
        }

    @api.model
    def _get_campaigns(self, first, last):
        """Running campaigns: plan, actual, what is left and how long it will take."""
        campaigns = self.env["callcenter.campaign"].search(
            [
                ("state", "in", ("running", "paused")),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        done = self._get_done(campaigns)
        left = self._get_left(campaigns)
        pace = self._get_pace(campaigns, first, last)
        return [
            self._prepare_campaign(
                campaign,
                done.get(campaign.id, (0, 0)),
                left.get(campaign.id, 0),
                pace.get(campaign.id, 0),
            )
            for campaign in campaigns
        ]

    @api.model
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
        }

    @api.model
    def _get_done(self, campaigns):
        today = self.env.company._callcenter_today()
        rows = self.env["callcenter.call.stat"]._read_period(
            Domain("facet", "=", "operator")
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("campaign_id", "in", campaigns.ids),
            today - timedelta(days=_LONGEST_CAMPAIGN),
            today + timedelta(days=1),
            ["campaign_id"],
            ["contacts:sum", "targets:sum"],
        )
        return {campaign.id: tuple(sums) for campaign, *sums in rows}

    @api.model
    def _get_left(self, campaigns):
        rows = self.env["callcenter.campaign.contact"]._read_group(
            [("campaign_id", "in", campaigns.ids), ("state", "=", "queued")],
            ["campaign_id"],
            ["__count"],
        )
        return {campaign.id: count for campaign, count in rows}

    @api.model
    def _get_pace(self, campaigns, first, last):
        """Contacts that leave the queue on a mean day: attempts of the days worked.

        The last four weeks of a longer period tell how long the rest will take.
        """
        rows = self.env["callcenter.call.stat"]._read_group(
            [
                ("facet", "=", "operator"),
                ("company_id", "in", self.env.companies.ids),
                ("campaign_id", "in", campaigns.ids),
                ("day", ">=", max(first, last - timedelta(days=_PACE_DAYS - 1))),
                ("day", "<=", last),
            ],
            ["campaign_id"],
            ["attempts:sum", "day:count_distinct"],
        )
        return {
            campaign.id: attempts / days for campaign, attempts, days in rows if days
        }
