from datetime import timedelta
from functools import cached_property

from odoo import fields
from odoo.fields import Domain

from ...tools.common.period import is_by_month
from .kpi_words import KpiWords
from .sql.call_stat import MEASURES


class DashboardScope:
    """The days, companies and campaign that a dashboard shows, and how it reads them.

    Made by ``callcenter.dashboard`` alone, which has checked the reader.
    """

    def __init__(self, env, first, last, campaign_id=None):
        """:param first: first day, :param last: last day, both included"""
        self.env = env
        self.first, self.last, self.campaign_id = first, last, campaign_id
        self.words = KpiWords(env)

    @cached_property
    def period(self):
        """What the browser is told of the period: days, bounds in UTC, step."""
        company = self.env.company
        start, _end = company._callcenter_day_bounds(self.first)
        _start, end = company._callcenter_day_bounds(self.last)
        return {
            "first": fields.Date.to_string(self.first),
            "last": fields.Date.to_string(self.last),
            "start": fields.Datetime.to_string(start),
            "end": fields.Datetime.to_string(end),
            "step": self.step,
        }

    @property
    def step(self):
        return "month" if is_by_month(self.first, self.last) else "day"

    @property
    def companies(self):
        return Domain("company_id", "in", self.env.companies.ids)

    @property
    def domain(self):
        """Companies and campaign, not the days."""
        if not self.campaign_id:
            return self.companies
        return self.companies & Domain("campaign_id", "=", self.campaign_id)

    def get_before(self):
        """The same for as many days just before the period."""
        length = self.last - self.first + timedelta(days=1)
        return DashboardScope(
            self.env, self.first - length, self.last - length, self.campaign_id
        )

    def read_stats(self, facet, groupby, names=MEASURES):
        """Rows of the daily figures: the keys of ``groupby``, the sums of ``names``."""
        return self._read(Domain("facet", "=", facet) & self.domain, groupby, names)

    def read_time(self, groupby, names):
        """Time at the desk, which belongs to no campaign."""
        domain = Domain("facet", "=", "time") & self.companies
        return self._read(domain, groupby, names)

    def _read(self, domain, groupby, names):
        return self.env["callcenter.call.stat"]._read_period(
            domain, self.first, self.last, groupby, [f"{name}:sum" for name in names]
        )

    def get_names(self, employee_ids):
        """Employee id -> name."""
        # sudo: names only; supervisors may not read hr.employee
        employees = self.env["hr.employee"].sudo().browse(set(employee_ids))
        return {employee.id: employee.name for employee in employees}

    def get_labels(self, model, name):
        """Value -> label of a selection field, in the reader's language."""
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env))
