from odoo import api, models
from odoo.tools import SQL

from ...tools.item_statistics import MIN_COUNT

_SUBJECTS = ("template", "fact", "question")


class StatBuilder(models.AbstractModel):
    """Works out the statistics of all questions, one statement for each subject.

    Each person's first closed attempt at a quiz counts: later ones are learnt. The
    formulas are those of ``tools.item_statistics``.
    """

    _name = "callcenter.stat.builder"
    _description = "Builder of Statistics"

    @api.model
    def _cron_build(self):
        self._build()

    @api.model
    def _build(self):
        """Replace all statistics. :return: number of rows written"""
        self.env.flush_all()
        cr = self.env.cr
        # The sorts of this one statement a night stay in memory up to this much.
        cr.execute("SET LOCAL work_mem = '64MB'")
        cr.execute("DELETE FROM callcenter_item_stat")
        cr.execute("DROP TABLE IF EXISTS callcenter_answer_tmp")
        cr.execute(self._get_answers_query())
        cr.execute("ANALYZE callcenter_answer_tmp")
        count = 0
        for subject in _SUBJECTS:
            cr.execute(self._get_insert_query(subject))
            count += cr.rowcount
        cr.execute("DROP TABLE callcenter_answer_tmp")
        self._flag()
        self.env["callcenter.option.stat"]._build()
        self.env["callcenter.item.stat"].invalidate_model()
        return count

    def _get_answers_query(self):
        """Every answer with the mark of the rest of its attempt."""
        return SQL(
            """CREATE TEMP TABLE callcenter_answer_tmp ON COMMIT DROP AS
               WITH first AS (
                    SELECT DISTINCT ON (employee_id, quiz_id) id, company_id
                      FROM callcenter_quiz_attempt
                     WHERE state IN ('submitted', 'expired') AND kind = 'exam'
                     ORDER BY employee_id, quiz_id, started_at, id)
               SELECT f.template_id, i.fact_id, i.question_id, t.company_id,
                      COALESCE(i.fraction, 0) AS mark, i.seconds,
                      i.answered_at IS NULL OR i.response = '[]'::jsonb AS skipped,
                      (sum(COALESCE(i.fraction, 0)) OVER w - COALESCE(i.fraction, 0))
                          / NULLIF(count(*) OVER w - 1, 0) AS rest
                 FROM callcenter_quiz_attempt_item i JOIN first t ON t.id = i.attempt_id
                 LEFT JOIN callcenter_fact f ON f.id = i.fact_id
               WINDOW w AS (PARTITION BY i.attempt_id)"""
        )

    def _get_insert_query(self, subject):
        """Facility, corrected correlation, efficiency, time, all in one pass.

        The largest covariance pairs the sorted marks with the sorted rests.
        """
        return SQL(
            """WITH answer AS NOT MATERIALIZED (
                    SELECT %(column)s AS subject_id, a.* FROM callcenter_answer_tmp a
                     WHERE %(column)s IS NOT NULL
               ), mark AS (
                    SELECT subject_id, company_id, mark, row_number() OVER (
                           PARTITION BY subject_id, company_id ORDER BY mark) AS place
                      FROM answer WHERE rest IS NOT NULL
               ), rest AS (
                    SELECT subject_id, company_id, rest, row_number() OVER (
                           PARTITION BY subject_id, company_id ORDER BY rest) AS place
                      FROM answer WHERE rest IS NOT NULL
               ), best AS (
                    SELECT m.subject_id, m.company_id,
                           covar_samp(m.mark, r.rest) AS largest
                      FROM mark m JOIN rest r USING (subject_id, company_id, place)
                     GROUP BY m.subject_id, m.company_id
               )
               INSERT INTO callcenter_item_stat
                      (subject, %(target)s, company_id, answer_count, facility,
                       discrimination, efficiency, median_seconds, skipped_count)
               SELECT %(subject)s, a.subject_id, a.company_id, count(*), avg(a.mark),
                      corr(a.mark, a.rest),
                      covar_samp(a.mark, a.rest) / NULLIF(max(b.largest), 0),
                      percentile_cont(0.5) WITHIN GROUP (ORDER BY a.seconds),
                      count(*) FILTER (WHERE a.skipped)
                 FROM answer a
                 LEFT JOIN best b ON b.subject_id = a.subject_id
                      AND b.company_id = a.company_id
                GROUP BY a.subject_id, a.company_id""",
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
