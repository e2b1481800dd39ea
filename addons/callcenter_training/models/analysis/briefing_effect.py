from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.analysis.interval import wilson
from ...tools.analysis.item_statistics import MIN_COUNT

# Days looked at on either side of a round.
_DAYS = 30
# Days between the start of an attempt and its last answer, at most: eight hours, and
# the difference of the zones.
_LONGEST_ATTEMPT = 2


class BriefingEffect(models.Model):
    """Before and after a morning round: what its people knew, and what they sold.

    Answers are those of closed quizzes, on facts of the categories the round was
    about, of the people of its department; 30 days on either side, the day of the
    round belongs to "after". Two rows a round, written each night until its 30 days
    are over; then they stay, whoever comes or leaves.
    """

    _name = "callcenter.briefing.effect"
    _description = "Before and After a Round"
    _order = "date desc, briefing_id desc, phase"
    _rec_name = "briefing_id"

    briefing_id = fields.Many2one(
        "callcenter.briefing",
        string="Morning round",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    date = fields.Date(readonly=True, index=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    phase = fields.Selection(
        [("1_before", "Before"), ("2_after", "After")], required=True, readonly=True
    )
    kept_at = fields.Datetime(
        string="As of", readonly=True, help="Figures are written each night."
    )
    person_count = fields.Integer(string="People asked", readonly=True)
    answer_count = fields.Integer(string="Answers", readonly=True)
    right_count = fields.Float(readonly=True)
    right_percent = fields.Float(
        string="Right, %",
        readonly=True,
        aggregator="avg",
        help="Share earned in quizzes on the categories of the round.",
    )
    low = fields.Float(string="At least, %", compute="_compute_interval")
    high = fields.Float(string="At most, %", compute="_compute_interval")
    target_count = fields.Integer(string="Target contacts", readonly=True)
    sale_count = fields.Integer(string="Customer orders", readonly=True)
    conversion = fields.Float(
        string="Conversion, %",
        readonly=True,
        aggregator="avg",
        help="Orders / target contacts",
    )
    verdict = fields.Char(string="What it says", compute="_compute_interval")

    _one_row_a_phase = models.UniqueIndex("(briefing_id, phase)")

    @api.model
    def _cron_keep(self):
        """Write the figures of all rounds whose 30 days are not over or were never
        written, a company at a time by its own calendar."""
        briefings = self.env["callcenter.briefing"]
        for company in self.env["res.company"].search(Domain.TRUE):
            mine = Domain("company_id", "=", company.id)
            since = company._callcenter_today() - timedelta(days=_DAYS + 1)
            past = self.search(mine & Domain("date", "<", since))
            settled = past.filtered(lambda row: row._is_settled()).briefing_id
            self._keep(briefings.search(mine & Domain("id", "not in", settled.ids)))

    def _is_settled(self):
        """Whether the figures were written when the days after were over."""
        return self.kept_at.date() > self.date + timedelta(days=_DAYS)

    def _keep(self, rounds):
        """Write the figures of some rounds of one company anew."""
        self.env.flush_all()
        company = rounds.company_id
        if rounds:
            self.env.cr.execute(self._get_keep_query(rounds, company))
            self.invalidate_model()

    def _get_keep_query(self, rounds, company):
        columns = (
            "date, company_id, department_id, person_count, answer_count,"
            " right_count, right_percent, target_count, sale_count, conversion, kept_at"
        )
        renewed = SQL(
            ", ".join(f"{name} = EXCLUDED.{name}" for name in columns.split(", "))
        )
        return SQL(
            """
            WITH round AS (%(rounds)s), person AS (
                SELECT r.id AS round_id, v.employee_id
                  FROM round r
                  JOIN hr_department d ON d.parent_path LIKE r.parent_path || '%%'
                  JOIN hr_version v ON v.department_id = d.id
                  JOIN hr_employee e ON e.current_version_id = v.id AND e.active
            ), answer AS (%(answers)s), sold AS (%(sales)s)
            INSERT INTO callcenter_briefing_effect (briefing_id, phase, %(columns)s)
            SELECT r.id, p.phase, r.date, r.company_id, r.department_id,
                   COALESCE(a.persons, 0), COALESCE(a.answers, 0),
                   COALESCE(a.rights, 0), 100 * a.rights / NULLIF(a.answers, 0),
                   COALESCE(s.targets, 0), COALESCE(s.sales, 0),
                   100.0 * s.sales / NULLIF(s.targets, 0), %(now)s
              FROM round r
             CROSS JOIN (VALUES ('1_before'), ('2_after')) AS p(phase)
              LEFT JOIN answer a ON a.round_id = r.id AND a.phase = p.phase
              LEFT JOIN sold s ON s.round_id = r.id AND s.phase = p.phase
            ON CONFLICT (briefing_id, phase) DO UPDATE SET %(renewed)s
            """,
            rounds=self._get_rounds_query(rounds),
            answers=self._get_answers_query(company),
            sales=self._get_sales_query(),
            columns=SQL(columns),
            renewed=renewed,
            now=fields.Datetime.now(),
        )

    def _get_rounds_query(self, rounds):
        """Rounds that asked something, and the categories it was about."""
        return SQL(
            """SELECT b.id, b.date, b.company_id, b.department_id, d.parent_path,
                      array_agg(DISTINCT f.categ_id) AS categ_ids
                 FROM callcenter_briefing b
                 JOIN hr_department d ON d.id = b.department_id
                 JOIN callcenter_briefing_line l ON l.briefing_id = b.id
                 JOIN callcenter_fact f ON f.id = l.fact_id
                WHERE b.id = ANY(%s)
                GROUP BY b.id, d.id""",
            rounds.ids,
        )

    def _get_answers_query(self, company):
        return SQL(
            """SELECT r.id AS round_id,
                      CASE WHEN t.day < r.date THEN '1_before' ELSE '2_after' END
                          AS phase,
                      count(*) AS answers, sum(i.fraction) AS rights,
                      count(DISTINCT a.employee_id) AS persons
                 FROM round r
                 JOIN person p ON p.round_id = r.id
                 JOIN callcenter_quiz_attempt a ON a.employee_id = p.employee_id
                      AND a.company_id = r.company_id
                      AND a.state IN ('submitted', 'expired')
                      AND a.started_at > r.date - %(days)s - %(longest)s
                      AND a.started_at < r.date + %(days)s + 1
                 JOIN callcenter_quiz_attempt_item i ON i.attempt_id = a.id
                      AND i.answered_at IS NOT NULL
                 JOIN callcenter_fact f ON f.id = i.fact_id
                      AND f.categ_id = ANY(r.categ_ids)
                CROSS JOIN LATERAL (
                      SELECT (i.answered_at AT TIME ZONE 'UTC'
                                            AT TIME ZONE %(tz)s)::date AS day) t
                WHERE t.day >= r.date - %(days)s AND t.day < r.date + %(days)s
                GROUP BY 1, 2""",
            tz=company._get_callcenter_setting("callcenter_tz"),
            days=_DAYS,
            longest=_LONGEST_ATTEMPT,
        )

    def _get_sales_query(self):
        return SQL(
            """SELECT r.id AS round_id,
                      CASE WHEN c.day < r.date THEN '1_before' ELSE '2_after' END
                          AS phase,
                      sum(c.targets) AS targets, sum(c.sales) AS sales
                 FROM round r
                 JOIN person p ON p.round_id = r.id
                 JOIN callcenter_call_stat c ON c.employee_id = p.employee_id
                      AND c.facet = 'category' AND c.company_id = r.company_id
                      AND c.categ_id = ANY(r.categ_ids)
                      AND c.day >= r.date - %(days)s AND c.day < r.date + %(days)s
                GROUP BY 1, 2""",
            days=_DAYS,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Shares of several rounds are weighed, not averaged."""
        counts = {
            "right_percent:avg": ("right_count", "answer_count"),
            "conversion:avg": ("sale_count", "target_count"),
        }.get(aggregate_spec)
        if not counts:
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (self._field_to_sql(self._table, name, query) for name in counts)
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", part, whole)

    @api.depends("right_count", "answer_count", "briefing_id", "phase")
    def _compute_interval(self):
        both = self.search([("briefing_id", "in", self.briefing_id.ids)])
        rows_of = both.grouped("briefing_id")
        for row in self:
            low, high = row._get_bounds()
            row.low, row.high = 100 * low, 100 * high
            row.verdict = rows_of[row.briefing_id]._get_verdict()

    def _get_bounds(self):
        return wilson(self.right_count, self.answer_count)

    def _get_verdict(self):
        """Words on both rows of a round that claim no more than the numbers do."""
        if any(row.answer_count < MIN_COUNT for row in self):
            return self.env._(
                "Fewer than %(count)s answers on one side: this says little.",
                count=MIN_COUNT,
            )
        before, after = (row._get_bounds() for row in self.sorted("phase"))
        if before[1] < after[0]:
            return self.env._("Better beyond chance; the cause is not proven.")
        if after[1] < before[0]:
            return self.env._("Worse beyond chance; the cause is not proven.")
        return self.env._("The intervals overlap: no conclusion yet.")
