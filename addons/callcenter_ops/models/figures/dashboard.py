from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.calling.call_counts import figure_domains
from .dashboard_calls import CallsPanel
from .dashboard_campaigns import CampaignsPanel
from .dashboard_cost import CostPanel
from .dashboard_goods import GoodsPanel
from .dashboard_scope import FILTERS, DashboardScope
from .dashboard_service import ServicePanel
from .dashboard_territory import TerritoryPanel

_READERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")
_MAX_DAYS = 3660
_COMPARED = ("before", "week", "month", "year")
_LARGEST_ID = 2**31 - 1
# More categories than anybody looks through in a list of choice.
_MOST_GOODS = 500
# In the order of the paper.
_PANELS = (
    CallsPanel,
    CampaignsPanel,
    GoodsPanel,
    TerritoryPanel,
    ServicePanel,
    CostPanel,
)


class Dashboard(models.AbstractModel):
    """What the sales director sees of the calls: plain values for the browser.

    Reads the daily figures, never the calls, so that its cost grows with the days
    shown and not with the calls stored. The figures themselves are in its panels.
    """

    _name = "callcenter.dashboard"
    _description = "Dashboard of calls"

    @api.model
    @api.readonly
    def get_data(
        self,
        date_from=None,
        date_to=None,
        campaign_id=None,
        filters=None,
        compare="before",
    ):
        """Every panel of the dashboard for a period, both days included.

        :param str date_from: ISO day in the call centre's zone; today by default
        :param int campaign_id: one campaign only; all by default
        :param dict filters: further choices, name of ``FILTERS`` -> id
        :param str compare: with as many days just ``before``, or with the same
            weekdays before (``week``), dates of a ``month`` or a ``year`` earlier
        :return: dict by panel; money in the company's currency, time in seconds,
            shares 0..1, None where there is nothing to divide by; ``words`` and
            ``domains``: what each figure is called, and the calls behind it;
            ``tables``: titles of what can be taken away as CSV
        """
        scope = self._get_scope(date_from, date_to, campaign_id, filters, compare)
        return self._collect(scope, self._make_panels(scope))

    @api.model
    def _get_panel_classes(self):
        """The panels, in the order of the paper; other addons add theirs here."""
        return list(_PANELS)

    @api.model
    def _make_panels(self, scope):
        return [panel(scope) for panel in self._get_panel_classes()]

    @api.model
    def _collect(self, scope, panels):
        data = {
            "period": scope.period,
            "currency_id": self.env.company.currency_id.id,
            "words": scope.words.get_figure_words(),
            "domains": figure_domains() | {"won": [("is_won", "=", True)]},
            "can_open_leads": self.env["crm.lead"].has_access("read"),
        }
        for panel in panels:
            data |= panel.get_data()
        tables = [one for panel in panels for one in panel.get_tables(data)]
        return data | {"tables": [one["title"] for one in tables]}

    @api.model
    @api.readonly
    def get_filters(self):
        """What may be chosen: dict name of ``FILTERS`` -> list of ``(id, name)``.

        Operators and teams are those whom the reader leads.
        """
        self._check_reader()
        campaigns = self.env["callcenter.campaign"].search([("state", "!=", "draft")])
        regions = self.env["res.country.state"].search([("country_id.code", "=", "RU")])
        operators = self._get_operators()
        # sudo: names of categories; the Director may have no rights on products
        goods = self.env["product.template"].sudo()
        rows = goods._read_group([("sale_ok", "=", True)], ["categ_id"])
        categories = [category for [category] in rows if category][:_MOST_GOODS]
        return {
            "campaign_id": [(one.id, one.name) for one in campaigns],
            "department_id": [(one.id, one.name) for one in operators.department_id],
            "employee_id": [(one.id, one.name) for one in operators],
            "state_id": [(one.id, one._get_region_label()) for one in regions],
            "categ_id": [(one.id, one.display_name) for one in categories],
        }

    @api.model
    def _get_operators(self):
        """Operators who are led by the reader, those who left among them.

        :return: employees whose names and departments may be read
        """
        led = self.env["callcenter.wallboard"]._get_department_ids()
        domain = Domain("callcenter_status", "in", ("appointed", "dismissed"))
        domain &= Domain("company_id", "in", self.env.companies.ids)
        if led is not False:
            domain &= Domain("department_id", "in", led)
        # sudo: names and departments only; supervisors may not read hr.employee
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        return employees.search(domain, order="name, id")

    @api.model
    def _get_scope(
        self,
        date_from=None,
        date_to=None,
        campaign_id=None,
        filters=None,
        compare="before",
    ):
        """What is asked for, checked; see ``get_data``."""
        self._check_reader()
        first, last = self._read_period(date_from, date_to)
        chosen = self._read_filters({"campaign_id": campaign_id, **(filters or {})})
        if compare not in _COMPARED:
            raise UserError(self.env._("There is no such comparison."))
        return DashboardScope(self.env, first, last, chosen, compare)

    @api.model
    def _read_filters(self, filters):
        """Only what is chosen, as numbers."""
        try:
            chosen = {name: int(value) for name, value in filters.items() if value}
        except (TypeError, ValueError, OverflowError) as error:
            raise UserError(self.env._("The choice cannot be read.")) from error
        if chosen.keys() - FILTERS or not all(
            0 < value <= _LARGEST_ID for value in chosen.values()
        ):
            raise UserError(self.env._("The choice cannot be read."))
        return chosen

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
