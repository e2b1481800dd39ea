from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.quiz import review
from .quiz_draw import QuizDraw

# Asked of the people of its posts, from its day on.
ANNOUNCED = ("announced", "in_force")
# When the person is told something of his answers; each lasts to the end.
REVIEW = [
    ("never", "Never"),
    ("during", "At once, after each answer"),
    ("after", "After handing in"),
    ("closed", "When the quiz is closed"),
]


class Quiz(models.Model):
    """A blueprint: how many questions on what, and what counts as passed.

    A draft is tried by those who made it, then announced with a date: from that day
    on nobody in its posts is handed clients without having passed it.
    """

    _name = "callcenter.quiz"
    _description = "Quiz"
    _inherit = ["callcenter.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "sequence, name"

    _guarded_fields = ("state", "date_from")

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("tried", "Tried"),
            ("announced", "Announced"),
            ("in_force", "In force"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date_from = fields.Date(
        string="In force from",
        readonly=True,
        copy=False,
        tracking=True,
        help="From this day on the posts need it; it can be passed before.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    description = fields.Html(translate=True, help="Shown before the start.")
    job_ids = fields.Many2many(
        "hr.job",
        "callcenter_quiz_hr_job_rel",
        "quiz_id",
        "job_id",
        string="Required of posts",
        help="Nobody in these posts is handed clients before passing.",
    )
    section_ids = fields.One2many("callcenter.quiz.section", "quiz_id", copy=True)
    question_count = fields.Integer(compute="_compute_question_count", store=True)
    pass_percent = fields.Float(
        string="Pass mark, %", default=80.0, required=True, tracking=True
    )
    time_limit = fields.Integer(
        string="Time limit, minutes", default=15, required=True, tracking=True
    )
    max_starts = fields.Integer(
        string="Starts allowed",
        default=3,
        tracking=True,
        help="Counted at the start, finished or not; 0 allows any number.",
    )
    starts_days = fields.Integer(
        string="Within days", default=30, help="The period the starts are counted in."
    )
    cooldown_hours = fields.Float(
        string="Wait before the next start, hours", default=1.0, tracking=True
    )
    validity_months = fields.Integer(
        default=6, tracking=True, help="How long a pass clears; 0 means for good."
    )
    avoid_attempts = fields.Integer(
        string="Attempts not to repeat",
        default=2,
        help="Questions of that many earlier attempts are not asked again.",
    )
    fresh_percent = fields.Integer(
        string="New and changed, %",
        help="Share of the questions taken from new products and changed values.",
    )
    credit = fields.Selection(
        [
            ("question", "As each question says"),
            ("whole", "All or nothing in every question"),
        ],
        string="Partial credit",
        default="question",
        required=True,
        tracking=True,
        help="Whether an answer that is right in part earns a part of the mark; what "
        "persons rate keeps its points. Attempts under way are marked as they were "
        "started.",
    )
    date_to = fields.Date(
        string="Open until",
        copy=False,
        tracking=True,
        help="The last day on which it is needed and can be started; empty: no end.",
    )
    review_right = fields.Selection(
        REVIEW, string="Right answers", default="never", required=True, tracking=True
    )
    review_marks = fields.Selection(
        REVIEW,
        string="Marks of the questions",
        default="never",
        required=True,
        tracking=True,
    )
    review_explanation = fields.Selection(
        REVIEW, string="Explanations", default="never", required=True, tracking=True
    )
    review_feedback = fields.Selection(
        REVIEW,
        string="What is said of the options",
        default="never",
        required=True,
        tracking=True,
    )
    attempt_ids = fields.One2many("callcenter.quiz.attempt", "quiz_id")
    attempt_count = fields.Integer(compute="_compute_attempt_figures")
    reserve_warning = fields.Text(
        compute="_compute_reserve_warning",
        groups="callcenter_training.group_trainer,callcenter_ops.group_supervisor,"
        "callcenter_ops.group_hr,callcenter_ops.group_manager",
    )
    passed_percent = fields.Float(
        compute="_compute_attempt_figures",
        string="Passed, %",
        help="Passed attempts / closed attempts.",
    )

    _pass_range = models.Constraint(
        "CHECK(pass_percent > 0 AND pass_percent <= 100)",
        "The pass mark lies between 0 and 100 percent.",
    )
    _time_range = models.Constraint(
        "CHECK(time_limit > 0 AND time_limit <= 480)",
        "The time limit lies between 1 and 480 minutes.",
    )
    _limits_range = models.Constraint(
        "CHECK(max_starts >= 0 AND starts_days > 0 AND cooldown_hours >= 0 "
        "AND validity_months >= 0 AND avoid_attempts >= 0)",
        "Starts, waiting time and validity cannot be negative.",
    )
    _fresh_range = models.Constraint(
        "CHECK(fresh_percent >= 0 AND fresh_percent <= 100)",
        "The share of new and changed questions lies between 0 and 100 percent.",
    )

    @api.depends("section_ids.question_count")
    def _compute_question_count(self):
        for quiz in self:
            quiz.question_count = sum(quiz.section_ids.mapped("question_count"))

    @api.depends_context("lang")
    @api.depends("section_ids.holds_reserve", "section_ids.name")
    def _compute_reserve_warning(self):
        for quiz in self:
            bare = quiz.section_ids.filtered(lambda section: not section.holds_reserve)
            company = quiz.company_id or self.env.company
            is_wanted = company._get_callcenter_setting("callcenter_exam_reserve")
            quiz.reserve_warning = bool(bare and is_wanted) and self.env._(
                "The bank is too small to keep questions from practice: %(sections)s. "
                "All that is asked there can be learnt by heart; look at the signals "
                "or widen the bank to more than twice what an attempt asks.",
                sections=", ".join(bare.mapped("display_name")),
            )

    @api.depends("attempt_ids.state", "attempt_ids.passed")
    def _compute_attempt_figures(self):
        closed = self.env["callcenter.quiz.attempt"]._read_group(
            [("quiz_id", "in", self.ids)],
            ["quiz_id", "state", "passed"],
            ["__count"],
        )
        for quiz in self:
            own = [row for row in closed if row[0] == quiz]
            done = sum(row[3] for row in own if row[1] in ("submitted", "expired"))
            passed = sum(row[3] for row in own if row[1] != "open" and row[2])
            quiz.attempt_count = sum(row[3] for row in own)
            quiz.passed_percent = 100.0 * passed / done if done else 0.0

    def write(self, vals):
        """No save stops a room: posts come in by an announcement, with a date."""
        if "date_to" in vals and not self._is_in_transition():
            self._check_in_state("draft", "tried")
        posts = {quiz: quiz.job_ids for quiz in self}
        result = super().write(vals)
        if "job_ids" in vals and not self._is_in_transition():
            for quiz in self:
                quiz._refuse_sudden_posts(quiz.job_ids - posts[quiz])
        if vals.get("active") is False:
            self.filtered(lambda quiz: quiz.state in ANNOUNCED)._withdraw()
        return result

    def _refuse_sudden_posts(self, jobs):
        if jobs and self.state in ANNOUNCED:
            raise UserError(
                self.env._(
                    "“%(quiz)s” is announced: withdraw it, add the post and announce "
                    "it anew with a date, so that nobody is stopped unawares.",
                    quiz=self.name,
                )
            )

    def action_try(self):
        """Show a paper as it would be drawn, with its answers, and count no attempt."""
        self.check_access("write")
        self.ensure_one()
        trial = self.env["callcenter.quiz.trial"].create({"quiz_id": self.id})
        trial.action_draw()
        if self.state == "draft":
            self._transition({"state": "tried"})
        return trial._get_action()

    def action_withdraw(self):
        """Ask nobody for the quiz until it is announced again."""
        self.check_access("write")
        self._check_in_state(*ANNOUNCED)
        self._withdraw()

    def _withdraw(self):
        self._transition({"state": "draft", "date_from": False})
        for quiz in self:
            quiz._log_line(quiz._told_to().env._("Withdrawn: asked of nobody."))

    def _announce(self, day):
        """Let the posts need the quiz from ``day`` on; the caller checked his right.

        :raise UserError: the bank cannot fill it, or the day is over
        """
        self.ensure_one()
        self._check_in_state("draft", "tried")
        today = self.company_id._callcenter_today()
        if day < today:
            raise UserError(self.env._("A quiz comes into force today or later."))
        if self.date_to and self.date_to < day:
            raise UserError(self.env._("A quiz is open until its first day or later."))
        self._draw_paper()
        state = "in_force" if day == today else "announced"
        self._transition({"state": state, "date_from": day})
        self._log_line(
            self._told_to().env._(
                "Announced: in force from %(day)s.", day=f"{day:%d.%m.%Y}"
            )
        )

    def _draw_paper(self):
        """``{section: made questions}`` as an attempt would get them.

        :raise UserError: when the bank cannot fill a section
        """
        self.ensure_one()
        self._check_has_questions()
        # sudo: whether the bank fills it is asked for whoever announces or changes it
        quiz = self.sudo()
        attempt = quiz.env["callcenter.quiz.attempt"].new(
            {
                "quiz_id": quiz.id,
                "company_id": quiz.company_id.id,
                "user_id": self.env.uid,
                "kind": "exam",
            }
        )
        return QuizDraw(attempt).draw_sections()

    def _check_still_fillable(self):
        """Refuse a change after which nobody could take an announced quiz."""
        for quiz in self.filtered(lambda quiz: quiz.state in ANNOUNCED):
            quiz._draw_paper()

    def _is_in_force(self, on_date):
        """Whether the posts need it on that day; asked of the date, not of a cron."""
        self.ensure_one()
        begun = (self.date_from or on_date) <= on_date
        return self.state in ANNOUNCED and begun and not self._is_over(on_date)

    def _is_over(self, on_date):
        return bool(self.date_to and self.date_to < on_date)

    def _is_closed(self):
        """Nobody takes it any more: withdrawn, archived, or its last day is over."""
        self.ensure_one()
        is_asked = self.active and self.state in ANNOUNCED
        return not is_asked or self._is_over(self.company_id._callcenter_today())

    def _get_told(self, moment):
        """What is told ``during`` an attempt, ``after`` it, once all is ``closed``."""
        rules = {thing: self[f"review_{thing}"] for thing in review.TOLD}
        return review.get_told(rules, moment)

    @api.model
    def _cron_enter_force(self):
        """Show what the dates say already."""
        for company, today in self.env["res.company"]._callcenter_todays():
            entering = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "announced"),
                    ("date_from", "<=", today),
                ]
            )
            entering._transition({"state": "in_force"})

    def action_take(self):
        """Open the quiz for the person himself."""
        self.check_access("read")
        self.ensure_one()
        return self._get_take_action()

    def action_open_attempts(self):
        """Open the attempts at this quiz."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_training.quiz_attempt_action"
        )
        return action | {"domain": [("quiz_id", "=", self.id)], "context": {}}

    def _get_take_action(self):
        return {
            "type": "ir.actions.client",
            "tag": "callcenter_training.quiz",
            "name": self.name,
            "target": "current",
            "params": {"quiz_id": self.id},
            "context": {"quiz_id": self.id},
        }

    def _check_may_start(self, employee, now):
        """Refuse a start in words: too many, too soon, nothing to ask.

        :param now: naive UTC
        """
        self.ensure_one()
        self._check_has_questions()
        if self.state not in ANNOUNCED:
            raise UserError(
                self.env._(
                    "“%(quiz)s” is not announced yet: it is still being tried.",
                    quiz=self.name,
                )
            )
        if self._is_over(self.company_id._callcenter_today()):
            raise UserError(
                self.env._(
                    "“%(quiz)s” could be started until %(day)s.",
                    quiz=self.name,
                    day=f"{self.date_to:%d.%m.%Y}",
                )
            )
        self._check_none_waits(employee)
        starts = self._get_recent_starts(employee, now)
        if self.max_starts and len(starts) >= self.max_starts:
            again = fields.Datetime.add(min(starts), days=self.starts_days)
            raise UserError(
                self.env._(
                    "All %(count)s starts of “%(quiz)s” are used. The next one is "
                    "possible after %(moment)s.",
                    count=self.max_starts,
                    quiz=self.name,
                    moment=self._show_moment(again),
                )
            )
        self._check_cooldown(starts, now)

    def _judge_start(self, employee):
        """How many starts are left, None without a limit, and why none may begin."""
        now = fields.Datetime.now()
        used = len(self._get_recent_starts(employee, now))
        left = max(0, self.max_starts - used) if self.max_starts else None
        try:
            self._check_may_start(employee, now)
        except UserError as refusal:
            return left, str(refusal)
        return left, ""

    def _check_has_questions(self):
        if not self.active or not self.question_count:
            raise UserError(
                self.env._(
                    "“%(quiz)s” has no questions to ask yet: ask the trainer.",
                    quiz=self.name,
                )
            )

    def _check_none_waits(self, employee):
        if self.env["callcenter.quiz.attempt"]._get_waiting(employee, self):
            raise UserError(
                self.env._(
                    "Your answers in “%(quiz)s” wait to be rated: the result comes "
                    "first.",
                    quiz=self.name,
                )
            )

    def _check_cooldown(self, starts, now):
        again = starts and fields.Datetime.add(max(starts), hours=self.cooldown_hours)
        if again and self.cooldown_hours and now < again:
            raise UserError(
                self.env._(
                    "“%(quiz)s” can be started again after %(moment)s: repeat the "
                    "topics first.",
                    quiz=self.name,
                    moment=self._show_moment(again),
                )
            )

    def _show_moment(self, moment):
        return self.env.company._callcenter_local(moment).strftime("%d.%m.%Y %H:%M")

    def _get_recent_starts(self, employee, now):
        """Moments of the starts that count: void ones and those before a pass do not.

        A pass that ran out opens a new series of starts.
        """
        since = fields.Datetime.subtract(now, days=self.starts_days)
        attempts = self.env["callcenter.quiz.attempt"].search(
            [
                ("employee_id", "=", employee.id),
                ("quiz_id", "=", self.id),
                ("state", "!=", "void"),
                ("started_at", ">", since),
            ],
            order="started_at desc, id desc",
        )
        starts = []
        for attempt in attempts:
            if attempt.passed:
                break
            starts.append(attempt.started_at)
        return starts

    def _get_attempt_kind(self, employee):
        """What the next start asks: all of the quiz, or the changes only."""
        return "exam"

    def _get_blueprint(self, kind="exam"):
        """The rules of this moment, kept with the attempt they were applied to."""
        sections = self.section_ids
        if kind == "delta":
            sections = sections.filtered(lambda section: section.source == "facts")
        return {
            "pass_percent": self.pass_percent,
            "time_limit": self.time_limit,
            "validity_months": self.validity_months,
            "sections": [
                {
                    "id": section.id,
                    "name": section.name,
                    "pass_percent": section.pass_percent,
                    "is_critical": section.is_critical,
                }
                for section in sections
            ],
        }
