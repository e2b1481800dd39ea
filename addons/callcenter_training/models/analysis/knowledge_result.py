from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.analysis.interval import wilson

_DAYS = 90


class KnowledgeResult(models.Model):
    """Does knowing a category sell it? Operators by what they know, and their sales.

    Coverage is today's, sales are of the last 90 days. Numbers that stand together
    prove no cause: the text beside them says how many cases there are.
    """

    _name = "callcenter.knowledge.result"
    _description = "Knowledge and Results"
    _auto = False
    _order = "categ_id, band"

    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    band = fields.Selection(
        [
            ("1_low", "Coverage below 50 %"),
            ("2_middle", "Coverage 50 to 80 %"),
            ("3_high", "Coverage 80 % and more"),
        ],
        string="What they know",
        readonly=True,
    )
    operator_count = fields.Integer(string="Operators", readonly=True)
    target_count = fields.Integer(string="Target contacts", readonly=True)
    sale_count = fields.Integer(string="Customer orders", readonly=True)
    conversion = fields.Float(
        string="Conversion, %",
        readonly=True,
        aggregator="avg",
        help="Orders / target contacts",
    )
    low = fields.Float(string="At least, %", compute="_compute_interval")
    high = fields.Float(string="At most, %", compute="_compute_interval")
    verdict = fields.Char(string="What it says", compute="_compute_interval")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH sold AS (
                SELECT employee_id, categ_id, sum(targets) AS targets,
                       sum(sales) AS sales
                  FROM callcenter_call_stat
                 WHERE facet = 'category' AND employee_id IS NOT NULL
                   AND day >= (now() AT TIME ZONE 'UTC')::date - %(days)s
                 GROUP BY employee_id, categ_id
            ), person AS (
                SELECT coverage.company_id, coverage.department_id, coverage.categ_id,
                       CASE WHEN coverage.coverage < 50 THEN '1_low'
                            WHEN coverage.coverage < 80 THEN '2_middle'
                            ELSE '3_high' END AS band,
                       sold.targets, sold.sales
                  FROM %(coverage)s AS coverage
                  JOIN sold ON sold.employee_id = coverage.employee_id
                       AND sold.categ_id = coverage.categ_id
                 WHERE sold.targets > 0
            )
            SELECT row_number() OVER (
                       ORDER BY company_id, department_id, categ_id, band) AS id,
                   company_id, department_id, categ_id, band,
                   count(*)::int AS operator_count, sum(targets)::int AS target_count,
                   sum(sales)::int AS sale_count,
                   100.0 * sum(sales) / sum(targets) AS conversion
              FROM person
             GROUP BY company_id, department_id, categ_id, band
            """,
            days=_DAYS,
            coverage=SQL("(%s)", self.env["callcenter.coverage"]._table_query),
        )

    def _read_group_select(self, aggregate_spec, query):
        """The conversion of several rows is weighed, not averaged."""
        if aggregate_spec != "conversion:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "100.0 * SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "sale_count", query),
            self._field_to_sql(self._table, "target_count", query),
        )

    @api.depends("sale_count", "target_count", "categ_id", "band", "department_id")
    def _compute_interval(self):
        rows_of = self._get_rows_of_categories()
        for row in self:
            low, high = wilson(row.sale_count, row.target_count)
            row.low, row.high = 100 * low, 100 * high
            others = rows_of[row.categ_id, row.department_id] - row
            row.verdict = row._get_verdict(others)

    def _get_rows_of_categories(self):
        rows = self.search([("categ_id", "in", self.categ_id.ids)])
        return rows.grouped(lambda row: (row.categ_id, row.department_id))

    def _get_verdict(self, others):
        """Words that claim no more than the numbers do."""
        if not others:
            return self.env._("Nobody to compare with: all know alike.")
        low, high = wilson(self.sale_count, self.target_count)
        for other in others:
            begin, end = wilson(other.sale_count, other.target_count)
            if low <= end and begin <= high:
                return self.env._("The intervals overlap: no conclusion yet.")
        return self.env._(
            "Differs from the others beyond chance; the cause is not proven."
        )
