from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.common.period import is_by_month
from ...tools.figures.kpi import KPIS, change
from .call_stat_sql import MEASURES, TIME_MEASURES

_READERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")
_SUMS = [f"{name}:sum" for name in MEASURES]
_MAX_DAYS = 3660
_COUNTS = ("attempts", "contacts", "targets", "leads", "sales", "amount")
_TIMES = ("talk_seconds", "wrap_seconds")
_QUOTIENTS = ("connection_rate", "contact_rate", "conversion", "aht", "occupancy")


class Dashboard(models.AbstractModel):
    """What the sales director sees of the calls: plain values for the browser.

    Reads the daily figures, never the calls, so that its cost grows with the days
    shown and not with the calls stored.
    """

    _name = "callcenter.dashboard"
    _description = "Dashboard of calls"
    _inherit = [
        "callcenter.dashboard.territory",
        "callcenter.dashboard.sales",
        "callcenter.dashboard.service",
        "callcenter.dashboard.cost",
        "callcenter.kpi.words",
    ]

    @api.model
    def get_data(self, date_from=None, date_to=None, campaign_id=None):
        """Every panel of the dashboard for a period, both days included.

        :param str date_from: ISO day in the call centre's zone; today by default
        :param int campaign_id: one campaign only; all by default
        :return: dict by panel; money in the company's currency, time in seconds,
            shares 0..1, None where there is nothing to divide by
        """
        self._check_reader()
        first, last = self._read_period(date_from, date_to)
        filters = self._get_filter(campaign_id)
        totals = self._get_totals(first, last, filters, campaign_id)
        own_work = self._count_own_work(first, last)
        return {
            "period": self._get_period(first, last),
            "currency_id": self.env.company.currency_id.id,
            "tiles": self._get_tiles(first, last, filters, totals, campaign_id),
            "days": self._get_days(first, last, filters),
            "funnel": self._get_funnel(totals, first, last, campaign_id),
            "operators": self._get_operators(first, last, filters, campaign_id),
            "results": self._get_results(first, last, filters),
            "refusals": self._get_refusals(first, last, filters),
            "hours": self._get_hours(first, last, filters),
            "territory": self._get_territory(first, last, filters, own_work),
            "campaigns": self._get_campaigns(first, last),
            "categories": self._get_categories(first, last, filters),
            "channels": self._get_channels(first, last, filters),
            "sales_work": self._get_sales_work(first, last, filters, own_work),
            "service": self._get_service(first, last, filters),
            "costs": self._get_costs(first, last, campaign_id),
            "base_counted_at": self._get_base_note(),
            "can_open_leads": self.env["crm.lead"].has_access("read"),
        }

    # ------------------------------------------------------------------ asking

    @api.model
    def _check_reader(self):
        if not any(self.env.user.has_group(group) for group in _READERS):
            raise AccessError(
                self.env._("The dashboard is for supervisors and the Director.")
            )

    @api.model
    def _read_period(self, date_from, date_to):
        today = self.env.company._callcenter_today()
        try:
            first = fields.Date.to_date(date_from) or today
            last = fields.Date.to_date(date_to) or today
        except ValueError as error:
            raise UserError(self.env._("The period cannot be read.")) from error
        if last < first:
            raise UserError(self.env._("The period ends before it begins."))
        if (last - first).days > _MAX_DAYS:
            raise UserError(self.env._("The longest period is ten years."))
        return first, last

    @api.model
    def _get_filter(self, campaign_id):
        companies = Domain("company_id", "in", self.env.companies.ids)
        if campaign_id:
            return companies & Domain("campaign_id", "=", campaign_id)
        return companies

    @api.model
    def _read_stats(self, facet, first, last, filters, groupby, aggregates=_SUMS):
        domain = Domain("facet", "=", facet) & filters
        stats = self.env["callcenter.call.stat"]
        return stats._read_period(domain, first, last, groupby, aggregates)

    @api.model
    def _get_period(self, first, last):
        company = self.env.company
        start, _end = company._callcenter_day_bounds(first)
        _start, end = company._callcenter_day_bounds(last)
        return {
            "first": fields.Date.to_string(first),
            "last": fields.Date.to_string(last),
            "start": fields.Datetime.to_string(start),
            "end": fields.Datetime.to_string(end),
            "step": "month" if is_by_month(first, last) else "day",
        }

    # ------------------------------------------------------------------ panels

    @api.model
    def _get_totals(self, first, last, filters, campaign_id=None):
        rows = self._read_stats("operator", first, last, filters, [])
        totals = dict(zip(MEASURES, (value or 0 for value in rows[0]), strict=True))
        if not campaign_id:
            # Time at the desk belongs to no campaign.
            for seconds in self._get_seconds(first, last).values():
                for name, value in seconds.items():
                    totals[name] = totals.get(name, 0) + value
        return totals

    @api.model
    def _get_tiles(self, first, last, filters, totals, campaign_id):
        """The head figures, each with its change against the period before."""
        length = last - first + timedelta(days=1)
        before = self._get_totals(first - length, last - length, filters, campaign_id)
        counts = [
            self._prepare_tile(name, "count", totals[name], before[name])
            for name in _COUNTS
        ]
        quotients = [
            self._prepare_tile(
                name,
                KPIS[name].unit,
                KPIS[name].value(totals),
                KPIS[name].value(before),
            )
            for name in _QUOTIENTS
        ]
        times = [
            self._prepare_tile(name, "seconds", totals[name], before[name])
            for name in _TIMES
        ]
        return counts + quotients + times

    @api.model
    def _prepare_tile(self, name, unit, value, previous):
        return {
            "name": name,
            "unit": "money" if name == "amount" else unit,
            "value": value,
            "previous": previous,
            "change": change(value, previous),
            "formula": self._get_formula(name),
            "source": self._get_source(name),
        }

    @api.model
    def _get_days(self, first, last, filters):
        """A row a day, or a row a month where days would be too many."""
        names = ("attempts", "contacts", "sales")
        step = "month" if is_by_month(first, last) else "day"
        sums = [f"{name}:sum" for name in names]
        groupby = [f"day:{step}"]
        rows = self._read_stats("operator", first, last, filters, groupby, sums)
        return [
            {"day": fields.Date.to_string(day)} | dict(zip(names, values, strict=True))
            for day, *values in sorted(rows)
        ]

    @api.model
    def _get_funnel(self, totals, first, last, campaign_id):
        steps = ("attempts", "contacts", "targets", "leads", "sales")
        funnel = [{"name": name, "value": totals[name]} for name in steps]
        return [
            *funnel,
            {"name": "won", "value": self._count_won(first, last, campaign_id)},
        ]

    @api.model
    def _count_won(self, first, last, campaign_id):
        """Opportunities won that had a call in the period."""
        period = self._get_period(first, last)
        asked = Domain("started_at", ">=", period["start"])
        asked &= Domain("started_at", "<", period["end"])
        asked &= Domain("lead_id", "!=", False)
        if campaign_id:
            asked &= Domain("campaign_id", "=", campaign_id)
        # The reader's own calls: a supervisor counts what his departments won.
        calls = self.env["callcenter.call"]._search(asked)
        domain = Domain("id", "in", calls.subselect("lead_id"))
        domain &= Domain("won_status", "=", "won")
        domain &= Domain("company_id", "in", [False, *self.env.companies.ids])
        # sudo: the Director counts what only salespeople may open
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        return leads.search_count(domain)

    @api.model
    def _get_operators(self, first, last, filters, campaign_id):
        rows = self._read_stats("operator", first, last, filters, ["employee_id"])
        seconds = {} if campaign_id else self._get_seconds(first, last)
        names = self._get_names(employee.id for employee, *_sums in rows)
        operators = []
        for employee, *sums in rows:
            totals = dict(zip(MEASURES, sums, strict=True))
            totals |= seconds.get(employee.id, {})
            operators.append(
                {"id": employee.id, "name": names[employee.id], **totals}
                | {code: kpi.value(totals) for code, kpi in KPIS.items()}
            )
        return sorted(operators, key=lambda row: -row["attempts"])

    @api.model
    def _get_names(self, employee_ids):
        # sudo: names only; supervisors may not read hr.employee
        employees = self.env["hr.employee"].sudo().browse(set(employee_ids))
        return {employee.id: employee.name for employee in employees}

    @api.model
    def _get_seconds(self, first, last):
        """Time at the desk by employee and state, of the intervals that ended."""
        filters = self._get_filter(None)
        sums = [f"{name}:sum" for name in TIME_MEASURES]
        rows = self._read_stats("time", first, last, filters, ["employee_id"], sums)
        # Talk and wrap-up are counted by the calls themselves.
        return {
            employee.id: dict(zip(TIME_MEASURES, (v or 0 for v in values), strict=True))
            for employee, *values in rows
        }

    @api.model
    def _get_results(self, first, last, filters):
        rows = self._read_stats(
            "result", first, last, filters, ["disposition_id"], ["attempts:sum"]
        )
        results = [
            {"id": disposition.id, "name": disposition.name, "value": attempts}
            for disposition, attempts in rows
            if attempts
        ]
        return sorted(results, key=lambda row: -row["value"])

    @api.model
    def _get_refusals(self, first, last, filters):
        rows = self._read_stats(
            "result", first, last, filters, ["refusal_reason_id"], ["refusals:sum"]
        )
        refusals = [
            {"id": reason.id, "name": reason.name, "value": value}
            for reason, value in rows
            if reason and value
        ]
        return sorted(refusals, key=lambda row: -row["value"])
