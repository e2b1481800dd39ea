from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.analysis import forecast, item_statistics
from ...tools.analysis.interval import wilson
from .quiz_forecast import MARKS, QuizForecast

_TRAINER = "callcenter_training.group_trainer"
# More papers than anybody could learn by heart.
_MANY = 1_000_000


class Quiz(models.Model):
    _inherit = "callcenter.quiz"

    stat_count = fields.Integer(
        compute="_compute_dependability", string="First attempts"
    )
    phi_lambda = fields.Float(
        compute="_compute_dependability",
        string="Phi(λ)",
        digits=(4, 3),
        help="How surely the quiz tells passed from not passed: 0 by chance, 1 for "
        "certain. For questions drawn at random, at this pass mark.",
    )
    mark_error = fields.Float(
        compute="_compute_dependability",
        string="Error of a mark, ±",
        digits=(4, 1),
        help="Standard error of measurement in points of percent.",
    )

    expected_percent = fields.Float(
        compute="_compute_forecast",
        string="Expected mark, %",
        digits=(4, 0),
        groups=_TRAINER,
        help="Of an average person: by the answers where 30 people or more have "
        "answered, else by the mark of difficulty.",
    )
    expected_low = fields.Float(
        compute="_compute_forecast", string="At worst", digits=(4, 0), groups=_TRAINER
    )
    expected_high = fields.Float(
        compute="_compute_forecast", string="At best", digits=(4, 0), groups=_TRAINER
    )
    measured_percent = fields.Float(
        compute="_compute_forecast",
        string="Judged by answers, %",
        digits=(4, 0),
        groups=_TRAINER,
        help="Questions of a paper that 30 people or more have answered before.",
    )
    paper_count = fields.Char(
        compute="_compute_forecast",
        string="Different papers",
        groups=_TRAINER,
        help="Sets of questions that the bank can make of the sections.",
    )
    pass_table = fields.Html(
        compute="_compute_forecast",
        string="Who would pass",
        groups=_TRAINER,
        sanitize=False,
    )
    item_stat_ids = fields.Many2many(
        "callcenter.item.stat",
        compute="_compute_forecast",
        string="Asked and known",
        groups=_TRAINER,
    )

    @api.depends_context("lang")
    @api.depends(
        "section_ids.question_count",
        "section_ids.source",
        "section_ids.template_ids",
        "section_ids.categ_ids",
        "section_ids.topic_ids",
        "attempt_ids.state",
        "pass_percent",
        "company_id",
    )
    def _compute_forecast(self):
        for quiz in self:
            service = QuizForecast(quiz)
            parts = service.get_parts()
            share, low, high = forecast.expect_mark(parts) or (0.0, 0.0, 0.0)
            quiz.expected_percent = 100 * share
            quiz.expected_low, quiz.expected_high = 100 * low, 100 * high
            asked = sum(part.count for part in parts)
            known = sum(part.count for part in parts if part.is_measured)
            quiz.measured_percent = 100 * known / asked if asked else 0.0
            quiz.paper_count = quiz._tell_papers(forecast.count_papers(parts))
            quiz.pass_table = bool(parts) and quiz._tell_passing(
                *service.get_pass_shares(parts)
            )
            quiz.item_stat_ids = service.get_stats()

    def _tell_papers(self, count):
        if count >= _MANY:
            return self.env._("more than a million")
        return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")

    def _tell_passing(self, taken, shares):
        """HTML: at each pass mark the share of people who would pass."""
        told = (
            self.env._(
                "Of %(count)s first attempts; in brackets 95 %% sure:", count=taken
            )
            if taken
            else self.env._("Worked out: fewer than 30 people have taken it.")
        )
        rows = Markup("").join(
            Markup("<tr%s><td>%s %%</td><td>%s</td></tr>")
            % (
                Markup(' class="fw-bold"') if mark == self.pass_percent else "",
                mark,
                self._tell_share(share, taken),
            )
            for mark, share in zip(MARKS, shares, strict=True)
        )
        head = Markup("<tr><th>%s</th><th>%s</th></tr>") % (
            self.env._("Pass mark"),
            self.env._("Would pass"),
        )
        return Markup("<p>%s</p><table class='table table-sm w-auto'>%s%s</table>") % (
            told,
            head,
            rows,
        )

    def _tell_share(self, share, taken):
        if not taken:
            return f"{100 * share:.0f} %"
        low, high = wilson(share * taken, taken)
        return f"{100 * share:.0f} % ({100 * low:.0f}–{100 * high:.0f})"

    @api.depends("attempt_ids.state", "pass_percent")
    def _compute_dependability(self):
        persons = self._get_first_attempts()
        for quiz in self:
            rows = persons.get(quiz.id, [])
            phi, error = item_statistics.dependability(rows, quiz.pass_percent / 100)
            quiz.stat_count = len(rows)
            quiz.phi_lambda = phi or 0.0
            quiz.mark_error = 100 * (error or 0.0)

    def _get_first_attempts(self):
        """``{quiz_id: [(share right, questions), ...]}`` of everybody's first try."""
        if not self.ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (quiz_id, employee_id) quiz_id,
                          percent / 100, question_count
                     FROM callcenter_quiz_attempt
                    WHERE quiz_id = ANY(%s) AND kind = 'exam'
                      AND state IN ('submitted', 'expired')
                    ORDER BY quiz_id, employee_id, started_at, id""",
                self.ids,
            )
        )
        found = {}
        for quiz_id, share, count in rows:
            found.setdefault(quiz_id, []).append((share, count))
        return found
