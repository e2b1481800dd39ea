from odoo import fields, models
from odoo.tools import SQL

from ..bank.fact_source import FactSource


class CoverageSlice(models.Model):
    """Coverage by brand and by how new things are; the formula is coverage's own."""

    _name = "callcenter.coverage.slice"
    _inherit = ["callcenter.coverage"]
    _description = "Coverage by Brand and Newness"
    _auto = False
    _order = "employee_id, brand_id, newness"

    brand_id = fields.Many2one("product.attribute.value", readonly=True)
    newness = fields.Selection(
        [
            ("new", "New product"),
            ("changed", "Changed lately"),
            ("settled", "Long known"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH fact AS (%(facts)s), total AS (
                SELECT brand_id, newness, company_id, %(totals)s
                  FROM fact GROUP BY brand_id, newness, company_id
            ), known AS (
                SELECT m.employee_id, f.brand_id, f.newness, f.company_id,
                       %(evidence)s
                  FROM callcenter_mastery m
                  JOIN fact f ON f.id = m.fact_id
                 GROUP BY m.employee_id, f.brand_id, f.newness, f.company_id
            )
            SELECT (e.id::bigint << 34) + COALESCE(t.brand_id, 0)::bigint * 4
                   + CASE t.newness WHEN 'new' THEN 1 WHEN 'changed' THEN 2 ELSE 3 END
                   AS id,
                   e.id AS employee_id, e.user_id, v.department_id, e.company_id,
                   NULL::int AS categ_id, t.brand_id, t.newness, %(figures)s
              FROM hr_employee e
              JOIN hr_version v ON v.id = e.current_version_id
              JOIN total t ON t.company_id IS NULL OR t.company_id = e.company_id
              LEFT JOIN known k ON k.employee_id = e.id AND k.newness = t.newness
                   AND k.brand_id IS NOT DISTINCT FROM t.brand_id
                   AND k.company_id IS NOT DISTINCT FROM t.company_id
             WHERE e.active AND e.callcenter_status = 'appointed'
             GROUP BY e.id, e.user_id, v.department_id, e.company_id, t.brand_id,
                   t.newness
            """,
            facts=self._get_facts_query(),
            totals=self._get_totals(),
            evidence=self._get_evidence(),
            figures=self._get_figures(),
        )

    def _get_facts_query(self):
        """Facts in force with their product's brand and their newness."""
        return SQL(
            """SELECT f.id, f.company_id, t.weight, b.brand_id, %(kept)s AS kept,
                      CASE WHEN p.callcenter_launch_date >= CURRENT_DATE - %(days)s
                           THEN 'new'
                           WHEN f.version > 1 AND f.create_date >= CURRENT_DATE - 30
                           THEN 'changed' ELSE 'settled' END AS newness
                 FROM callcenter_fact f
                 JOIN callcenter_question_template t ON t.id = f.template_id
                 JOIN product_template p ON p.id = f.product_tmpl_id
                 LEFT JOIN (
                      SELECT l.product_tmpl_id,
                             min(r.product_attribute_value_id) AS brand_id
                        FROM product_template_attribute_line l
                        JOIN product_attribute a ON a.id = l.attribute_id
                             AND a.callcenter_role = 'brand'
                        JOIN product_attribute_value_product_template_attribute_line_rel
                             r ON r.product_template_attribute_line_id = l.id
                       WHERE l.active GROUP BY l.product_tmpl_id
                      ) b ON b.product_tmpl_id = p.id
                WHERE f.active AND f.is_askable""",
            kept=self._get_kept(),
            days=FactSource(self.env).get_new_days(),
        )
