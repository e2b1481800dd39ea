from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.analysis.item_statistics import MIN_COUNT

# Fewer picks than this share: the option deceives nobody and may as well be dropped.
_NEVER_SHARE = 0.02


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
        """Forms answered alike are taken apart once, however often they were met."""
        return SQL(
            """WITH first AS (
                    SELECT DISTINCT ON (employee_id, quiz_id) id, company_id
                      FROM callcenter_quiz_attempt
                     WHERE state IN ('submitted', 'expired') AND kind = 'exam'
                     ORDER BY employee_id, quiz_id, started_at, id
               ), form AS (
                    SELECT i.question_id, t.company_id, i.options, i.response,
                           k.key->'right' AS answer, count(*) AS times
                      FROM first t
                      JOIN callcenter_quiz_attempt_item i ON i.attempt_id = t.id
                           AND i.question_id IS NOT NULL AND i.answered_at IS NOT NULL
                           AND i.kind IN ('single', 'multiple')
                      JOIN callcenter_quiz_attempt_key k ON k.item_id = i.id
                     GROUP BY 1, 2, 3, 4, 5
               ), option AS (
                    SELECT f.question_id, f.company_id, o.text,
                           f.answer @> to_jsonb(o.place - 1) AS is_right,
                           sum(f.times) AS shown,
                           sum(f.times * (f.response @> to_jsonb(o.place - 1))::int)
                               AS picked
                      FROM form f
                     CROSS JOIN jsonb_array_elements_text(f.options)
                                WITH ORDINALITY AS o(text, place)
                     GROUP BY 1, 2, 3, 4)
               INSERT INTO callcenter_option_stat (question_id, company_id, option,
                      is_right, shown_count, pick_count, pick_percent)
               SELECT question_id, company_id, text, is_right, shown, picked,
                      100.0 / shown * picked
                 FROM option"""
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
            never=100 * _NEVER_SHARE,
            enough=MIN_COUNT,
        )
