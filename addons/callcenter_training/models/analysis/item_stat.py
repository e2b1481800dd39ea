from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.analysis.item_statistics import MIN_COUNT

_SUBJECTS = ("template", "fact", "question")


class ItemStat(models.Model):
    """How a question behaves over all first attempts, worked out anew every night.

    Each person's first closed attempt at a quiz counts: later ones are learnt. The
    formulas are those of ``tools.item_statistics``, one statement for each subject.
    """

    _name = "callcenter.item.stat"
    _description = "Statistics of a Question"
    _order = "flag desc, answer_count desc"

    subject = fields.Selection(
        [
            ("template", "Question template"),
            ("fact", "Fact"),
            ("question", "Written question"),
        ],
        required=True,
        index=True,
    )
    template_id = fields.Many2one(
        "callcenter.question.template", ondelete="cascade", index="btree_not_null"
    )
    fact_id = fields.Many2one(
        "callcenter.fact", ondelete="cascade", index="btree_not_null"
    )
    question_id = fields.Many2one(
        "callcenter.question",
        string="Written question",
        ondelete="cascade",
        index="btree_not_null",
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    answer_count = fields.Integer(string="Answers")
    facility = fields.Float(
        aggregator="avg", help="Mean share earned: 1 is known by all, 0 by nobody."
    )
    discrimination = fields.Float(
        aggregator="avg",
        help="Correlation with the mark of the other questions; below 0 the weak "
        "answer it better than the strong.",
    )
    efficiency = fields.Float(
        aggregator="avg", help="Covariance reached / the largest possible one."
    )
    median_seconds = fields.Float(string="Seconds, median", aggregator="avg")
    skipped_count = fields.Integer(string="Left out")
    flag = fields.Selection(
        [
            ("negative", "The weak know it better"),
            ("hard", "Nearly nobody knows it"),
            ("easy", "Everybody knows it"),
            ("fast", "Answered too fast"),
        ],
        index=True,
    )
    is_enough = fields.Boolean(
        compute="_compute_is_enough",
        string="Enough answers",
        help="Figures of fewer than 30 answers say little.",
    )

    @api.depends("answer_count")
    def _compute_is_enough(self):
        for stat in self:
            stat.is_enough = stat.answer_count >= MIN_COUNT

    @api.depends_context("lang")
    @api.depends("template_id.name", "fact_id.display_name", "question_id.stem")
    def _compute_display_name(self):
        for stat in self:
            subject = stat.question_id or stat.fact_id or stat.template_id
            stat.display_name = subject.display_name

    @api.model
    def _build(self):
        """Replace all statistics. :return: number of rows written"""
        self.env.flush_all()
        cr = self.env.cr
        # The nightly statements sort in memory up to this much.
        cr.execute("SET LOCAL work_mem = '64MB'")
        cr.execute("DELETE FROM callcenter_item_stat")
        cr.execute("DROP TABLE IF EXISTS callcenter_answer_tmp")
        cr.execute(self._get_answers_query())
        cr.execute("ANALYZE callcenter_answer_tmp")
        count = 0
        for subject in _SUBJECTS:
            cr.execute(self._get_insert_query(subject))
            count += cr.rowcount
        self.env["callcenter.option.stat"]._build()
        cr.execute("DROP TABLE callcenter_answer_tmp")
        self._flag()
        self.invalidate_model()
        self.env["callcenter.item.finding"]._build()
        return count

    def _get_answers_query(self):
        """Every answer with the mark of the rest of its attempt."""
        return SQL(
            """CREATE TEMP TABLE callcenter_answer_tmp ON COMMIT DROP AS
               WITH first AS (
                    SELECT DISTINCT ON (employee_id, quiz_id) id, company_id
                      FROM callcenter_quiz_attempt
                     WHERE state IN ('submitted', 'expired') AND kind = 'exam'
                     ORDER BY employee_id, quiz_id, started_at, id
               ), total AS (
                    SELECT t.id, t.company_id, sum(COALESCE(i.fraction, 0)) AS mark,
                           count(*) - 1 AS others
                      FROM callcenter_quiz_attempt_item i
                      JOIN first t ON t.id = i.attempt_id
                     GROUP BY t.id, t.company_id)
               SELECT i.id AS item_id, f.template_id, i.fact_id, i.question_id,
                      t.company_id,
                      COALESCE(i.fraction, 0) AS mark, i.seconds,
                      i.answered_at IS NULL OR i.response = '[]'::jsonb AS skipped,
                      (t.mark - COALESCE(i.fraction, 0)) / NULLIF(t.others, 0) AS rest
                 FROM callcenter_quiz_attempt_item i JOIN total t ON t.id = i.attempt_id
                 LEFT JOIN callcenter_fact f ON f.id = i.fact_id"""
        )

    def _get_insert_query(self, subject):
        """Facility, corrected correlation, efficiency, time, all in one pass.

        The largest covariance pairs the sorted marks with the sorted rests.
        """
        return SQL(
            """WITH figure AS (
                    SELECT %(column)s AS subject_id, company_id, count(*) AS answers,
                           avg(mark) AS facility, corr(mark, rest) AS discrimination,
                           covar_samp(mark, rest) AS reached,
                           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)
                               AS median_seconds,
                           count(*) FILTER (WHERE skipped) AS skipped,
                           array_agg(mark ORDER BY mark) FILTER (WHERE rest IS NOT NULL)
                               AS marks,
                           array_agg(rest ORDER BY rest) FILTER (WHERE rest IS NOT NULL)
                               AS rests
                      FROM callcenter_answer_tmp
                     WHERE %(column)s IS NOT NULL
                     GROUP BY %(column)s, company_id
               )
               INSERT INTO callcenter_item_stat
                      (subject, %(target)s, company_id, answer_count, facility,
                       discrimination, efficiency, median_seconds, skipped_count)
               SELECT %(subject)s, f.subject_id, f.company_id, f.answers, f.facility,
                      f.discrimination, f.reached / NULLIF(l.largest, 0),
                      f.median_seconds, f.skipped
                 FROM figure f
                CROSS JOIN LATERAL (SELECT covar_samp(p.mark, p.rest) AS largest
                                      FROM unnest(f.marks, f.rests) p(mark, rest)) l""",
            subject=subject,
            target=SQL.identifier(f"{subject}_id"),
            column=SQL.identifier(f"{subject}_id"),
        )

    def _flag(self):
        """Signals for a person to look at, never judgements; enough answers only."""
        self.env.cr.execute(
            SQL(
                """UPDATE callcenter_item_stat SET flag = CASE
                       WHEN discrimination < 0 THEN 'negative'
                       WHEN facility < 0.15 THEN 'hard'
                       WHEN median_seconds < 2 THEN 'fast'
                       WHEN facility > 0.97 THEN 'easy' END
                    WHERE answer_count >= %s""",
                MIN_COUNT,
            )
        )
