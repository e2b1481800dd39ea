from odoo import fields, models
from odoo.tools import SQL

from ...tools.mastery import knowledge
from ..bank.fact_source import FactSource


class KnowledgeGap(models.Model):
    """Who does not know the new products: one row for each operator and product.

    What the answers tell counts: asked about it and wrong more often than right is not
    known, asked and right is known. Whom nobody asked is told apart: not checked.
    """

    _name = "callcenter.knowledge.gap"
    _description = "Knowledge of a New Product"
    _auto = False
    _order = "known_percent, launch_date desc, id"
    _rec_name = "product_tmpl_id"

    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", readonly=True
    )
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    launch_date = fields.Date(string="On sale since", readonly=True)
    fact_count = fields.Integer(string="Facts", readonly=True)
    known_count = fields.Integer(string="Facts known", readonly=True)
    checked_count = fields.Integer(string="Facts asked", readonly=True)
    known_percent = fields.Float(
        string="Known, %",
        readonly=True,
        aggregator="avg",
        help="Facts answered rightly / facts asked; 0 while none was asked.",
    )
    state = fields.Selection(
        [
            ("unchecked", "Not checked"),
            ("unknown", "Not known"),
            ("partly", "In part"),
            ("known", "Known"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH fact AS (
                SELECT f.id, f.product_tmpl_id, p.categ_id, p.company_id,
                       p.callcenter_launch_date AS launch_date
                  FROM product_template p
                  JOIN callcenter_fact f ON f.product_tmpl_id = p.id
                       AND f.active AND f.is_askable
                 WHERE p.active AND p.sale_ok
                   AND p.callcenter_launch_date >= CURRENT_DATE - %(days)s
            ), person AS (
                SELECT e.id, e.company_id, v.department_id
                  FROM hr_employee e
                  JOIN hr_version v ON v.id = e.current_version_id
                 WHERE e.active AND e.callcenter_status = 'appointed'
            ), counted AS (
                SELECT e.id AS employee_id, e.company_id, e.department_id,
                       f.product_tmpl_id, f.categ_id, f.launch_date,
                       count(*) AS facts, count(m.id) AS checked,
                       count(m.id) FILTER (WHERE m.p_known >= %(believed)s
                           AND %(remembered)s) AS known
                  FROM person e
                  JOIN fact f ON f.company_id IS NULL OR f.company_id = e.company_id
                  LEFT JOIN callcenter_mastery m ON m.employee_id = e.id
                       AND m.fact_id = f.id AND m.stability > 0
                 GROUP BY 1, 2, 3, 4, 5, 6
            )
            SELECT (employee_id::bigint << 32) + product_tmpl_id AS id,
                   employee_id, department_id, company_id, product_tmpl_id, categ_id,
                   launch_date, facts AS fact_count, checked AS checked_count,
                   known AS known_count,
                   COALESCE(100.0 * known / NULLIF(checked, 0), 0) AS known_percent,
                   CASE WHEN checked = 0 THEN 'unchecked'
                        WHEN known = 0 THEN 'unknown'
                        WHEN known < checked THEN 'partly' ELSE 'known' END AS state
              FROM counted
            """,
            days=FactSource(self.env).get_new_days(),
            believed=knowledge.PRIOR,
            remembered=self.env["callcenter.coverage"]._remembered(),
        )

    def action_assign(self):
        """Have those who do not know the products practise them (one task a person)."""
        self.check_access("read")
        tasks = self.env["callcenter.training.task"]
        tasks._check_may_assign()
        unknown = self.filtered(lambda gap: gap.state != "known")
        rows = unknown.grouped("employee_id")
        given = tasks._assign(
            [
                {
                    "employee_id": employee.id,
                    "kind": "practice",
                    "scope": "products",
                    "product_tmpl_ids": [(6, 0, gaps.product_tmpl_id.ids)],
                }
                for employee, gaps in rows.items()
            ]
        )
        return given._tell_assigned(len(rows))
