from odoo import fields, models
from odoo.tools import SQL

from ...tools.mastery import knowledge, memory


class Coverage(models.Model):
    """The share of the portfolio that each operator provably knows, by category.

    Coverage = weight of the facts known and remembered / weight of all facts in
    force; known: probability of at least 0.9, remembered: a chance of at least 0.9.
    """

    _name = "callcenter.coverage"
    _description = "Coverage of the Assortment"
    _auto = False
    _order = "employee_id, categ_id"

    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    fact_count = fields.Integer(string="Facts", readonly=True)
    known_count = fields.Integer(string="Facts known", readonly=True)
    weight_total = fields.Float(readonly=True)
    weight_known = fields.Float(readonly=True)
    coverage = fields.Float(string="Coverage, %", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH fact AS (
                SELECT f.id, f.categ_id, f.company_id, t.weight
                  FROM callcenter_fact f
                  JOIN callcenter_question_template t ON t.id = f.template_id
                 WHERE f.active AND f.is_askable
            ), total AS (
                SELECT categ_id, company_id, count(*) AS facts, sum(weight) AS weight
                  FROM fact GROUP BY categ_id, company_id
            ), known AS (
                SELECT m.employee_id, f.categ_id, f.company_id, count(*) AS facts,
                       sum(f.weight) AS weight
                  FROM callcenter_mastery m
                  JOIN fact f ON f.id = m.fact_id
                 WHERE m.p_known >= %(known)s AND m.stability > 0 AND %(remembered)s
                 GROUP BY m.employee_id, f.categ_id, f.company_id
            )
            SELECT e.id::bigint * 1000000 + t.categ_id AS id, e.id AS employee_id,
                   e.user_id, v.department_id, e.company_id, t.categ_id,
                   sum(t.facts) AS fact_count,
                   sum(COALESCE(k.facts, 0)) AS known_count,
                   sum(t.weight) AS weight_total,
                   sum(COALESCE(k.weight, 0)) AS weight_known,
                   100 * sum(COALESCE(k.weight, 0)) / sum(t.weight) AS coverage
              FROM hr_employee e
              JOIN hr_version v ON v.id = e.current_version_id
              JOIN total t ON t.company_id IS NULL OR t.company_id = e.company_id
              LEFT JOIN known k ON k.employee_id = e.id AND k.categ_id = t.categ_id
                   AND k.company_id IS NOT DISTINCT FROM t.company_id
             WHERE e.active AND e.callcenter_status = 'appointed'
               AND t.categ_id IS NOT NULL
             GROUP BY e.id, e.user_id, v.department_id, e.company_id, t.categ_id
            """,
            known=knowledge.KNOWN,
            remembered=self._remembered(),
        )

    def _remembered(self):
        """FSRS's forgetting curve in SQL, see ``tools.memory``."""
        return SQL(
            "power(1 + %s * GREATEST(0, %s + extract(epoch FROM (now() AT TIME ZONE "
            "'utc') - m.last_review_at) / 86400) / m.stability, %s) >= %s",
            memory.FACTOR,
            self._get_days_ahead(),
            memory.DECAY,
            memory.REMEMBERED,
        )

    def _get_days_ahead(self):
        """Days between now and the day asked for: what will be forgotten by then."""
        days = self.env.context.get("callcenter_days_ahead")
        # True is an int in Python; the database would refuse it as a number.
        return days if type(days) is int and 0 < days <= 730 else 0

    def _read_group_select(self, aggregate_spec, query):
        """Coverage of several categories is weighed, not averaged."""
        if aggregate_spec != "coverage:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "100 * SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "weight_known", query),
            self._field_to_sql(self._table, "weight_total", query),
        )
