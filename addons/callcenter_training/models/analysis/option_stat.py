from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.analysis.item_findings import NEVER_SHARE
from ...tools.analysis.item_statistics import MIN_COUNT


class OptionStat(models.Model):
    """How often each option of a written question was picked in first attempts.

    Options made of facts differ from attempt to attempt and are not counted here.
    """

    _name = "callcenter.option.stat"
    _description = "Statistics of an Option"
    _order = "question_id, is_right desc, pick_percent desc"

    question_id = fields.Many2one(
        "callcenter.question",
        string="Written question",
        required=True,
        ondelete="cascade",
        index=True,
    )
    topic_id = fields.Many2one(related="question_id.topic_id")
    company_id = fields.Many2one("res.company", required=True, index=True)
    option = fields.Char(required=True)
    is_right = fields.Boolean(string="Right")
    shown_count = fields.Integer(string="Shown")
    pick_count = fields.Integer(string="Picked")
    pick_percent = fields.Float(
        string="Picked, %", aggregator="avg", help="Picked / shown."
    )
    discrimination = fields.Float(
        aggregator="avg",
        help="Correlation of picking it with the mark of the other questions: above 0 "
        "the best pick it, below 0 the weak do.",
    )
    flag = fields.Selection(
        [
            ("never", "A wrong option nobody picks"),
            ("beats", "A wrong option picked more than a right one"),
            ("lost", "A right option nobody picks"),
        ],
        index=True,
        help="From 30 answers on.",
    )

    @api.model
    def _build(self):
        """Replace all statistics of options, in two statements."""
        self.env.cr.execute("DELETE FROM callcenter_option_stat")
        self.env.cr.execute(self._get_insert_query())
        self.env.cr.execute(self._get_flag_query())
        self.invalidate_model()

    def _get_insert_query(self):
        """Forms answered alike are taken apart once, however often they were met.

        Reads the answers that the statistics of questions have laid out.
        """
        return SQL(
            """WITH form AS (
                    SELECT i.question_id, a.company_id, i.options, i.response,
                           k.key->'right' AS answer, count(*) AS times,
                           count(a.rest) AS others, sum(a.rest) AS rests,
                           sum(a.rest * a.rest) AS squares
                      FROM callcenter_answer_tmp a
                      JOIN callcenter_quiz_attempt_item i ON i.id = a.item_id
                           AND i.answered_at IS NOT NULL
                           AND i.kind IN ('single', 'multiple')
                      JOIN callcenter_quiz_attempt_key k ON k.item_id = i.id
                     WHERE a.question_id IS NOT NULL
                     GROUP BY 1, 2, 3, 4, 5
               ), picked AS (
                    SELECT f.*, o.text, f.answer @> to_jsonb(o.place - 1) AS is_right,
                           (f.response @> to_jsonb(o.place - 1))::int AS pick
                      FROM form f
                     CROSS JOIN jsonb_array_elements_text(f.options)
                                WITH ORDINALITY AS o(text, place)
               ), option AS (
                    SELECT question_id, company_id, text, is_right,
                           sum(times) AS shown, sum(times * pick) AS picked,
                           sum(others)::float AS n, sum(rests) AS rests,
                           sum(squares) AS squares, sum(others * pick)::float AS taken,
                           sum(rests * pick) AS taken_rests
                      FROM picked
                     GROUP BY 1, 2, 3, 4)
               INSERT INTO callcenter_option_stat (question_id, company_id, option,
                      is_right, shown_count, pick_count, pick_percent, discrimination)
               SELECT question_id, company_id, text, is_right, shown, picked,
                      100.0 / shown * picked, %s
                 FROM option""",
            self._get_discrimination(),
        )

    def _get_discrimination(self):
        """``tools.item_findings.pick_discrimination`` of a row of sums, in SQL."""
        return SQL(
            """CASE WHEN taken BETWEEN 1 AND n - 1
                     AND squares / n - power(rests / n, 2) >= 1e-12
               THEN (taken_rests / taken - rests / n)
                    / sqrt(squares / n - power(rests / n, 2))
                    * sqrt(taken / (n - taken)) END"""
        )

    def _get_flag_query(self):
        return SQL(
            """WITH best AS (
                    SELECT question_id, company_id, min(pick_percent) AS percent
                      FROM callcenter_option_stat WHERE is_right GROUP BY 1, 2)
               UPDATE callcenter_option_stat s
                  SET flag = CASE
                      WHEN s.is_right AND s.pick_percent < %(never)s THEN 'lost'
                      WHEN NOT s.is_right AND s.pick_percent > b.percent THEN 'beats'
                      WHEN NOT s.is_right AND s.pick_percent < %(never)s THEN 'never'
                      END
                 FROM best b
                WHERE b.question_id = s.question_id AND b.company_id = s.company_id
                  AND s.shown_count >= %(enough)s""",
            never=100 * NEVER_SHARE,
            enough=MIN_COUNT,
        )
