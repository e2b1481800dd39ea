from odoo import api, models
from odoo.tools import SQL

from ...tools.figures.kpi import KPIS


class DashboardSales(models.AbstractModel):
    """What was talked about, and the calls beside the sales department's own work."""

    _name = "callcenter.dashboard.sales"
    _description = "Goods and sales work of the dashboard"

    @api.model
    def _get_categories(self, first, last, filters):
        """Calls by category of goods; a call about two categories counts in both."""
        names = ("attempts", "targets", "sales", "amount")
        rows = self._read_stats(
            "category",
            first,
            last,
            filters,
            ["categ_id"],
            [f"{name}:sum" for name in names],
        )
        # sudo: names of categories; the Director may have no rights on products
        labels = {row[0].id: row[0].sudo().display_name for row in rows}
        found = [
            {"id": categ.id, "name": labels[categ.id]}
            | dict(zip(names, sums, strict=True))
            | {
                "conversion": KPIS["conversion"].value(
                    dict(zip(names, sums, strict=True))
                )
            }
            for categ, *sums in rows
            if sums[0]
        ]
        return sorted(found, key=lambda row: -row["attempts"])

    @api.model
    def _get_channels(self, first, last, filters):
        """Incoming and outgoing work by channel: telephone, e-mail, letters…"""
        names = ("attempts", "contacts", "sales", "talk_seconds")
        rows = self._read_stats(
            "operator",
            first,
            last,
            filters,
            ["direction", "channel"],
            [f"{name}:sum" for name in names],
        )
        calls = self.env["callcenter.call"]
        labels = {
            field: dict(calls._fields[field]._description_selection(self.env))
            for field in ("direction", "channel")
        }
        return [
            {
                "direction": direction,
                "channel": channel,
                "name": f"{labels['channel'].get(channel)}, "
                f"{labels['direction'].get(direction, '').lower()}",
            }
            | dict(zip(names, sums, strict=True))
            for direction, channel, *sums in rows
            if sums[0]
        ]

    @api.model
    def _get_sales_work(self, first, last, filters, own_work):
        """By federal district: calls, and what the sales department did itself.

        :param own_work: what ``_count_own_work`` answers
        :return: list of dicts: ``attempts``, ``contacts`` and ``call_leads`` of the
            call centre; ``own_leads`` and ``meetings`` that came without a call
        """
        calls = {
            district or "": sums
            for district, *sums in self._read_stats(
                "region",
                first,
                last,
                filters,
                ["federal_district"],
                ["attempts:sum", "contacts:sum", "leads:sum"],
            )
        }
        own = self._sum_by_district(own_work)
        labels = self._get_district_labels()
        return [
            self._prepare_sales_work(
                district,
                labels.get(district) or self.env._("Unknown district"),
                calls.get(district) or (0, 0, 0),
                own.get(district) or (0, 0),
            )
            for district in sorted(calls.keys() | own.keys())
        ]

    @api.model
    def _prepare_sales_work(self, district, name, calls, own):
        return {
            "district": district,
            "name": name,
            "attempts": calls[0],
            "contacts": calls[1],
            "call_leads": calls[2],
            "own_leads": own[0],
            "meetings": own[1],
        }

    @api.model
    def _sum_by_district(self, own_work):
        states = self.env["res.country.state"].browse(filter(None, own_work))
        districts = {state.id: state.federal_district or "" for state in states}
        sums = {}
        for state_id, (leads, meetings) in own_work.items():
            district = districts.get(state_id, "")
            before = sums.get(district, (0, 0))
            sums[district] = (before[0] + leads, before[1] + meetings)
        return sums

    @api.model
    def _count_own_work(self, first, last):
        """Region id -> (new opportunities without a call, meetings with clients).

        Numbers only: who leads the calls compares with the work of all salespeople.
        """
        self.env["crm.lead"].flush_model()
        self.env["calendar.event"].flush_model()
        period = self._get_period(first, last)
        self.env.cr.execute(
            SQL(
                """
                SELECT work.state_id, sum(leads), sum(meetings)
                  FROM (
                    SELECT lead.state_id, 1 AS leads, 0 AS meetings
                      FROM crm_lead lead
                     WHERE lead.create_date >= %(start)s AND lead.create_date < %(end)s
                       AND (lead.company_id IS NULL
                            OR lead.company_id = ANY(%(companies)s))
                       AND NOT EXISTS (SELECT FROM callcenter_call call
                                        WHERE call.lead_id = lead.id)
                    UNION ALL
                    SELECT lead.state_id, 0, 1
                      FROM calendar_event event
                      JOIN crm_lead lead ON lead.id = event.opportunity_id
                     WHERE event.start >= %(start)s AND event.start < %(end)s
                       AND event.active
                       AND (lead.company_id IS NULL
                            OR lead.company_id = ANY(%(companies)s))
                  ) work
              GROUP BY work.state_id
                """,
                start=period["start"],
                end=period["end"],
                companies=self.env.companies.ids,
            )
        )
        return {state_id: tuple(counts) for state_id, *counts in self.env.cr.fetchall()}
