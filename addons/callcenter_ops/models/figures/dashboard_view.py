from odoo import api, fields, models

from ...tools.figures.named_period import named_period
from .dashboard_paper import DashboardPaper
from .dashboard_scope import FILTERS


class DashboardView(models.Model):
    """What somebody looks at again and again on the dashboard, kept under a name.

    It keeps a choice and no figures: whoever opens it sees what he may see himself.
    """

    _name = "callcenter.dashboard.view"
    _description = "Saved view of the dashboard"
    _order = "name, id"

    name = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    share = fields.Selection(
        [
            ("own", "Only I"),
            ("supervisors", "Supervisors"),
            ("directors", "Directors"),
            ("all", "Supervisors and Directors"),
        ],
        string="Who sees it",
        required=True,
        default="own",
    )
    period = fields.Selection(
        [
            ("today", "Today"),
            ("yesterday", "Yesterday"),
            ("week", "7 days"),
            ("lastWeek", "Last week"),
            ("month", "30 days"),
            ("thisMonth", "This month"),
            ("lastMonth", "Last month"),
            ("thisQuarter", "This quarter"),
            ("thisYear", "This year"),
            ("year", "365 days"),
        ],
        required=True,
        default="week",
    )
    compare = fields.Selection(
        [
            ("before", "Days just before"),
            ("week", "Same weekdays before"),
            ("month", "A month earlier"),
            ("year", "A year earlier"),
        ],
        string="Compared with",
        required=True,
        default="before",
    )
    campaign_id = fields.Many2one("callcenter.campaign", ondelete="cascade")
    department_id = fields.Many2one("hr.department", string="Team", ondelete="cascade")
    employee_id = fields.Many2one("hr.employee", string="Operator", ondelete="cascade")
    state_id = fields.Many2one(
        "res.country.state", string="Region", domain=[("country_id.code", "=", "RU")]
    )
    categ_id = fields.Many2one("product.category", string="Goods", ondelete="cascade")
    schedule_ids = fields.One2many("callcenter.report.schedule", "view_id")

    @api.model
    @api.readonly
    def get_choices(self):
        """The views that one may open: dicts ``id``, ``name``, ``period``, ``compare``
        and ``filters`` (name of the dashboard's filters -> id).
        """
        self.env["callcenter.dashboard"]._check_reader()
        views = self.search([("company_id", "in", self.env.companies.ids)])
        return [
            {
                "id": view.id,
                "name": view.name,
                "period": view.period,
                "compare": view.compare,
                "filters": view._get_filters(),
            }
            for view in views
        ]

    def _get_filters(self):
        return {name: self[name].id for name in FILTERS if self[name]}

    def _get_paper(self, reader):
        """The view on paper, in the rights and the language of a user.

        :param reader: ``res.users``
        :raise AccessError: he may not see the dashboard
        """
        reader = reader.with_user(reader).with_context(
            lang=reader.lang, allowed_company_ids=self.company_id.ids
        )
        first, last = named_period(self.period, self.company_id._callcenter_today())
        return DashboardPaper(
            reader.env,
            date_from=fields.Date.to_string(first),
            date_to=fields.Date.to_string(last),
            filters=self._get_filters(),
            compare=self.compare,
        )
