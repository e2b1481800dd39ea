from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.mastery import knowledge, memory
from ..quiz.exam_reserve import ExamReserve


class Coverage(models.Model):
    """The share of the portfolio that each operator provably knows, by category.

    Coverage = weight of the facts known and remembered / weight of all facts that can
    be asked; known: probability of at least 0.9, remembered: a chance of at least 0.9.
    What exams keep from practice counts for whoever was asked it. Nobody is asked
    everything, so the answers of exams also tell how much of the whole is known.
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
    asked_count = fields.Integer(string="Facts asked", readonly=True)
    sample_count = fields.Integer(string="Exam answers", readonly=True)
    sample_right = fields.Integer(string="Exam answers right", readonly=True)
    estimate = fields.Float(
        string="Known by answers, %",
        compute="_compute_estimate",
        help="(Right answers of exams / all - luck) / (1 - luck).",
    )
    estimate_range = fields.Char(
        string="Between",
        compute="_compute_estimate",
        help="Where the share lies with a certainty of 90 %.",
    )

    @api.depends("sample_count", "sample_right")
    def _compute_estimate(self):
        for row in self:
            found = knowledge.estimate(row.sample_right, row.sample_count)
            share, low, high = found or (0, 0, 1)
            row.estimate = 100 * share
            row.estimate_range = f"{100 * low:.0f}–{100 * high:.0f} %"

    @property
    def _table_query(self):
        return SQL(
            """
            WITH fact AS (
                SELECT f.id, f.categ_id, f.company_id, t.weight, %(kept)s AS kept
                  FROM callcenter_fact f
                  JOIN callcenter_question_template t ON t.id = f.template_id
                 WHERE f.active AND f.is_askable
            ), total AS (
                SELECT categ_id, company_id, %(totals)s
                  FROM fact GROUP BY categ_id, company_id
            ), known AS (
                SELECT m.employee_id, f.categ_id, f.company_id, %(evidence)s
                  FROM callcenter_mastery m
                  JOIN fact f ON f.id = m.fact_id
                 GROUP BY m.employee_id, f.categ_id, f.company_id
            )
            SELECT e.id::bigint * 1000000 + t.categ_id AS id, e.id AS employee_id,
                   e.user_id, v.department_id, e.company_id, t.categ_id, %(figures)s
              FROM hr_employee e
              JOIN hr_version v ON v.id = e.current_version_id
              JOIN total t ON t.company_id IS NULL OR t.company_id = e.company_id
              LEFT JOIN known k ON k.employee_id = e.id AND k.categ_id = t.categ_id
                   AND k.company_id IS NOT DISTINCT FROM t.company_id
             WHERE e.active AND e.callcenter_status = 'appointed'
               AND t.categ_id IS NOT NULL
             GROUP BY e.id, e.user_id, v.department_id, e.company_id, t.categ_id
            """,
            kept=self._get_kept(),
            totals=self._get_totals(),
            evidence=self._get_evidence(),
            figures=self._get_figures(),
        )

    def _get_kept(self):
        """Condition on facts ``f``: the reader's company keeps it from practice."""
        # sudo: people read no sections; what exams keep is no secret as a sum
        return ExamReserve(self.sudo().env, self.env.company).is_withheld()

    def _get_totals(self):
        """What anybody can be asked in practice, of a group of ``fact``."""
        return SQL(
            "count(*) FILTER (WHERE NOT kept) AS facts,"
            " COALESCE(sum(weight) FILTER (WHERE NOT kept), 0) AS weight"
        )

    def _get_evidence(self):
        """What one person was asked and knows of a group of facts ``f``."""
        known = SQL(
            "m.p_known >= %s AND m.stability > 0 AND %s",
            knowledge.KNOWN,
            self._remembered(),
        )
        return SQL(
            """count(*) FILTER (WHERE %(known)s) AS facts,
               COALESCE(sum(f.weight) FILTER (WHERE %(known)s), 0) AS weight,
               count(*) FILTER (WHERE f.kept) AS more_facts,
               COALESCE(sum(f.weight) FILTER (WHERE f.kept), 0) AS more_weight,
               count(m.last_review_at) AS seen,
               sum(m.exam_count) AS asked,
               sum(COALESCE(m.exam_right, 0)) AS answered""",
            known=known,
        )

    def _get_figures(self):
        """The figures of a row, of totals ``t`` and evidence ``k``."""
        return SQL(
            """sum(t.facts + COALESCE(k.more_facts, 0)) AS fact_count,
               sum(COALESCE(k.facts, 0)) AS known_count,
               sum(t.weight + COALESCE(k.more_weight, 0)) AS weight_total,
               sum(COALESCE(k.weight, 0)) AS weight_known,
               COALESCE(100 * sum(COALESCE(k.weight, 0)) / NULLIF(
                   sum(t.weight + COALESCE(k.more_weight, 0)), 0), 0) AS coverage,
               sum(COALESCE(k.seen, 0)) AS asked_count,
               sum(COALESCE(k.asked, 0)) AS sample_count,
               sum(COALESCE(k.answered, 0)) AS sample_right"""
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
        """Coverage of several categories is weighed; none where nothing was asked."""
        if aggregate_spec != "coverage:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "CASE WHEN SUM(%s) > 0 THEN 100 * SUM(%s) / NULLIF(SUM(%s), 0) END",
            self._field_to_sql(self._table, "asked_count", query),
            self._field_to_sql(self._table, "weight_known", query),
            self._field_to_sql(self._table, "weight_total", query),
        )

    def action_assign(self):
        """Have the people of these rows practise these categories."""
        self.check_access("read")
        tasks = self.env["callcenter.training.task"]
        tasks._check_may_assign()
        rows = self.filtered("categ_id")
        given = tasks._assign(
            [
                {
                    "employee_id": row.employee_id.id,
                    "kind": "practice",
                    "scope": "category",
                    "categ_id": row.categ_id.id,
                }
                for row in rows
            ]
        )
        return given._tell_assigned(len(rows))
