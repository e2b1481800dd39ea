from odoo import fields
from odoo.tools import SQL

from ...tools.calling.kpi import KPIS
from ...tools.figures.tile_map import TILES
from .dashboard_panel import DashboardPanel, table
from .tile_words import get_tile_word

_OWN_WORK = ("own_leads", "meetings")
_OF_REGIONS = ("attempts", "contacts", "sales", "amount", "leads")
_NO_CALLS = (0,) * len(_OF_REGIONS)


class TerritoryPanel(DashboardPanel):
    """Where the calls went and when clients answer, beside the sales department."""

    def get_data(self):
        own_work = self._count_own_work()
        return {
            "hours": self._get_hours(),
            "territory": self._get_territory(own_work),
            "sales_work": self._get_sales_work(own_work),
            "base_counted_at": self._get_base_note(),
        }

    def _get_district_labels(self):
        return self.scope.get_labels("callcenter.call.stat", "federal_district")

    def _get_hours(self):
        """Contact rate by federal district and the client's own hour."""
        names = ("attempts", "contacts")
        rows = self.scope.read_stats("hour", ["federal_district", "hour"], names)
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

    # -------------------------------------------------------------------- regions

    def _get_territory(self, own_work):
        """Every region as a tile: calls of the period, base reached so far.

        :param own_work: what ``_count_own_work`` answers
        """
        rows = self.scope.read_stats("region", ["state_id"], _OF_REGIONS)
        calls = {state.id: figures for state, *figures in rows if state}
        # sudo: numbers by region; who leads the calls need not read every client
        base, _moment = self.env["callcenter.territory.base"].sudo()._get_base()
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

    def _get_base_note(self):
        """When the client base was counted last; False when it is counted now."""
        # sudo: when the base was counted is no secret to who may see its sums
        kept = self.env["callcenter.territory.base"].sudo()._get_kept()
        return fields.Datetime.to_string(kept[:1].counted_at)

    def _prepare_region(self, state, labels, figures, base):
        attempts, contacts, sales, amount, leads = figures
        clients, reached = base or (0, 0)
        column, row = TILES[state.code]
        return {
            "id": state.id,
            "code": state.code,
            "short": get_tile_word(self.env, state.code),
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

    # ---------------------------------------------------- the sales department's own

    def _get_sales_work(self, own_work):
        """By federal district: calls, and what the sales department did itself.

        :param own_work: what ``_count_own_work`` answers
        :return: list of dicts: ``attempts``, ``contacts`` and ``call_leads`` of the
            call centre; ``own_leads`` and ``meetings`` that came without a call
        """
        names = ("attempts", "contacts", "leads")
        rows = self.scope.read_stats("region", ["federal_district"], names)
        calls = {district or "": sums for district, *sums in rows}
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

    def _sum_by_district(self, own_work):
        states = self.env["res.country.state"].browse(filter(None, own_work))
        districts = {state.id: state.federal_district or "" for state in states}
        sums = {}
        for state_id, (leads, meetings) in own_work.items():
            district = districts.get(state_id, "")
            before = sums.get(district, (0, 0))
            sums[district] = (before[0] + leads, before[1] + meetings)
        return sums

    def _count_own_work(self):
        """Region id -> (new opportunities without a call, meetings with clients).

        Numbers only: who leads the calls compares with the work of all salespeople.
        """
        self.env["crm.lead"].flush_model()
        self.env["calendar.event"].flush_model()
        query = SQL(
            _OWN_WORK_SQL,
            start=self.scope.period["start"],
            end=self.scope.period["end"],
            companies=self.env.companies.ids,
        )
        return {
            state_id: tuple(counts)
            for state_id, *counts in self.env.execute_query(query)
        }

    # ------------------------------------------------------------------- on paper

    def get_tables(self, data):
        words = data["words"]
        calls = [(name, words[name], "count") for name in ("attempts", "contacts")]
        own = [
            ("own_leads", self.env._("Opportunities without calls"), "count"),
            ("meetings", self.env._("Meetings"), "count"),
        ]
        return [
            table(
                self.env._("Territory"),
                [row for row in data["territory"] if row["attempts"] or row["clients"]],
                ("name", self.env._("Region"), "text"),
                ("district", self.env._("Federal district"), "text"),
                *calls,
                ("sales", words["sales"], "count"),
                ("amount", words["amount"], "money"),
                ("clients", self.env._("Clients"), "count"),
                ("reached", self.env._("Reached"), "count"),
                ("share", self.env._("Share reached"), "share"),
                *own,
            ),
            table(
                self.env._("Calls beside the sales department"),
                data["sales_work"],
                ("name", self.env._("Federal district"), "text"),
                *calls,
                ("call_leads", self.env._("Opportunities by calls"), "count"),
                *own,
            ),
        ]


_OWN_WORK_SQL = """
    SELECT work.state_id, sum(leads), sum(meetings)
      FROM (
        SELECT lead.state_id, 1 AS leads, 0 AS meetings
          FROM crm_lead lead
         WHERE lead.create_date >= %(start)s AND lead.create_date < %(end)s
           AND (lead.company_id IS NULL OR lead.company_id = ANY(%(companies)s))
           AND NOT EXISTS (SELECT FROM callcenter_call call
                            WHERE call.lead_id = lead.id)
        UNION ALL
        SELECT lead.state_id, 0, 1
          FROM calendar_event event
          JOIN crm_lead lead ON lead.id = event.opportunity_id
         WHERE event.start >= %(start)s AND event.start < %(end)s
           AND event.active
           AND (lead.company_id IS NULL OR lead.company_id = ANY(%(companies)s))
      ) work
  GROUP BY work.state_id
"""
