from odoo import fields, models
from odoo.tools import SQL


class WorkstationBudgetReport(models.Model):
    """Plan, actual and forecast of budgets as rows, so that one picture holds them."""

    _name = "callcenter.workstation.budget.report"
    _description = "Plan, actual and forecast"
    _auto = False
    _order = "month, series"

    budget_id = fields.Many2one("callcenter.workstation.budget", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("closed", "Closed")],
        readonly=True,
    )
    month = fields.Date(readonly=True)
    item_id = fields.Many2one("callcenter.cost.item", readonly=True)
    kind = fields.Char(readonly=True)
    series = fields.Selection(
        [("1_plan", "Plan"), ("2_actual", "Actual"), ("3_forecast", "Forecast")],
        readonly=True,
    )
    amount = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT l.id * 3 + s.no AS id, l.budget_id, l.company_id, l.currency_id,
                   b.state, l.month, l.item_id, l.kind, s.series,
                   CASE s.no WHEN 0 THEN l.amount_plan WHEN 1 THEN l.amount_actual
                             ELSE %s END AS amount
              FROM callcenter_workstation_budget_line l
              JOIN callcenter_workstation_budget b ON b.id = l.budget_id
              JOIN res_company c ON c.id = l.company_id
             CROSS JOIN (VALUES (0, '1_plan'), (1, '2_actual'), (2, '3_forecast'))
                        AS s (no, series)
            """,
            self._get_forecast_sql(),
        )

    def _get_forecast_sql(self):
        """The rule of ``tools.cost_plan.forecast`` by the company's calendar."""
        month = SQL(
            "date_trunc('month', (%s::timestamp AT TIME ZONE 'UTC') "
            "AT TIME ZONE c.callcenter_tz)",
            fields.Datetime.now(),
        )
        return SQL(
            """
            CASE WHEN l.month > %(month)s THEN l.amount_plan
                 WHEN l.month < %(month)s THEN l.amount_actual
                 ELSE GREATEST(l.amount_plan, l.amount_actual) END
            """,
            month=month,
        )
