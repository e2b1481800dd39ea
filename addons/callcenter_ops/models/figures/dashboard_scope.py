from functools import cached_property

from odoo import fields
from odoo.fields import Domain

from ...tools.common.period import earlier_period, is_by_month
from .filtered_calls import FilteredCalls
from .kpi_words import KpiWords
from .sql.call_stat import FACET_KEYS, MEASURES

# What may be chosen, as the kept figures name it and as the calls do.
FILTERS = {
    "campaign_id": "campaign_id",
    "employee_id": "employee_id",
    "department_id": "department_id",
    "state_id": "state_id",
    "categ_id": "product_ids.categ_id",
}
# A team is shown with those below it.
_OPERATORS = {"department_id": "child_of"}
# Time at the desk belongs to no campaign, region or product.
_TIME_KEYS = {"employee_id", "department_id"}


class DashboardScope:
    """The days, companies and choice that a dashboard shows, and how it reads them.

    Made by ``callcenter.dashboard`` alone, which has checked the reader.
    """

    def __init__(self, env, first, last, filters=None, compare="before"):
        """:param first: first day, :param last: last day, both included

        :param dict filters: name of ``FILTERS`` -> id
        :param compare: as of ``period.earlier_period``
        """
        self.env = env
        self.first, self.last = first, last
        self.filters, self.compare = filters or {}, compare
        self.words = KpiWords(env)

    @property
    def campaign_id(self):
        return self.filters.get("campaign_id")

    @cached_property
    def bounds(self):
        """The period in the company's zone as naive UTC, the end excluded."""
        start, _end = self.env.company._callcenter_day_bounds(self.first)
        _start, end = self.env.company._callcenter_day_bounds(self.last)
        return start, end

    @cached_property
    def period(self):
        """What the browser is told of the period: days, bounds in UTC, step."""
        start, end = map(fields.Datetime.to_string, self.bounds)
        first, last = map(fields.Date.to_string, (self.first, self.last))
        return {
            "first": first,
            "last": last,
            "start": start,
            "end": end,
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
        """Companies and choice on the kept figures, not the days."""
        return self.companies & self._choose(self.filters, {})

    @property
    def call_filter(self):
        """Companies and choice on the calls, not the days."""
        return self.companies & self._choose(self.filters, FILTERS)

    @property
    def call_domain(self):
        """The calls in force that are shown."""
        start, end = self.bounds
        days = Domain("started_at", ">=", start) & Domain("started_at", "<", end)
        return self.call_filter & days & Domain("is_in_force", "=", True)

    @property
    def sheet_domain(self):
        """The report sheets of the days that are shown."""
        days = Domain("date", ">=", self.first) & Domain("date", "<=", self.last)
        return self.domain & days

    def _choose(self, filters, paths):
        return Domain.AND(
            Domain(paths.get(name, name), _OPERATORS.get(name, "="), value)
            for name, value in filters.items()
        )

    def get_before(self):
        """The same of the period that this one is compared with."""
        first, last = earlier_period(self.first, self.last, self.compare)
        return DashboardScope(self.env, first, last, self.filters)

    def read_stats(self, facet, groupby, names=MEASURES):
        """Rows of the daily figures: the keys of ``groupby``, the sums of ``names``."""
        if not self.filters.keys() <= set(FACET_KEYS[facet]):
            return FilteredCalls(self).count(facet, groupby, names)
        return self._read(Domain("facet", "=", facet) & self.domain, groupby, names)

    @property
    def has_time(self):
        """Whether time at the desk can be told for the choice."""
        return self.filters.keys() <= _TIME_KEYS

    def read_time(self, groupby, names):
        """Time at the desk, see ``has_time``."""
        return self._read(Domain("facet", "=", "time") & self.domain, groupby, names)

    def _read(self, domain, groupby, names):
        return self.env["callcenter.call.stat"]._read_period(
            domain, self.first, self.last, groupby, [f"{name}:sum" for name in names]
        )

    def get_filter_names(self):
        """What is chosen, in words, as far as the reader may choose it."""
        choices = self.env["callcenter.dashboard"].get_filters() if self.filters else {}
        names = (dict(choices[name]).get(id_) for name, id_ in self.filters.items())
        return list(filter(None, names))

    def get_names(self, employee_ids):
        """Employee id -> name."""
        # sudo: names only; supervisors may not read hr.employee
        employees = self.env["hr.employee"].sudo().browse(set(employee_ids))
        return {employee.id: employee.name for employee in employees}

    def get_labels(self, model, name):
        """Value -> label of a selection field, in the reader's language."""
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env))
