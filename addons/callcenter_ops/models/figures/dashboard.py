from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.calling.call_counts import figure_domains
from .dashboard_calls import CallsPanel
from .dashboard_campaigns import CampaignsPanel
from .dashboard_cost import CostPanel
from .dashboard_goods import GoodsPanel
from .dashboard_scope import DashboardScope
from .dashboard_service import ServicePanel
from .dashboard_territory import TerritoryPanel

_READERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")
_MAX_DAYS = 3660
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
    def get_data(self, date_from=None, date_to=None, campaign_id=None):
        """Every panel of the dashboard for a period, both days included.

        :param str date_from: ISO day in the call centre's zone; today by default
        :param int campaign_id: one campaign only; all by default
        :return: dict by panel; money in the company's currency, time in seconds,
            shares 0..1, None where there is nothing to divide by; ``words`` and
            ``domains``: what each figure is called, and the calls behind it
        """
        scope = self._get_scope(date_from, date_to, campaign_id)
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
        return data

    @api.model
    def _get_scope(self, date_from=None, date_to=None, campaign_id=None):
        """What is asked for, checked; see ``get_data``."""
        self._check_reader()
        first, last = self._read_period(date_from, date_to)
        return DashboardScope(self.env, first, last, campaign_id)

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
