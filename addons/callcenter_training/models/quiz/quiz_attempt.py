import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from psycopg2 import errors

from .quiz_draw import QuizDraw
from .quiz_scorer import QuizScorer
from .signal_finder import SignalFinder

_logger = logging.getLogger(__name__)


class QuizAttempt(models.Model):
    """One start of a quiz by one person. Times are the server's, in UTC."""

    _name = "callcenter.quiz.attempt"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Attempt at a Quiz"
    _order = "started_at desc, id desc"

    # While open, who and when stand; while it waits to be rated all but the result;
    # once closed only a newer mark may be shown.
    _guard_update = """
        IF OLD.state = 'open' AND (OLD.quiz_id, OLD.employee_id, OLD.started_at,
                OLD.deadline_at, OLD.blueprint) IS NOT DISTINCT FROM
                (NEW.quiz_id, NEW.employee_id, NEW.started_at, NEW.deadline_at,
                NEW.blueprint) THEN
            RETURN NEW;
        END IF;
        IF OLD.state = 'rating' AND NEW.state IN
                ('rating', 'submitted', 'expired', 'void') AND to_jsonb(NEW) - '{state,
                mark_id,percent,error,passed,write_uid,write_date}'::text[]
                = to_jsonb(OLD) - '{state,
                mark_id,percent,error,passed,write_uid,write_date}'::text[]
        THEN
            RETURN NEW;
        END IF;
        IF NEW.mark_id IS DISTINCT FROM OLD.mark_id AND
                to_jsonb(NEW) - '{mark_id,percent,error,passed,write_uid,write_date}'
                    ::text[]
                = to_jsonb(OLD) - '{mark_id,percent,error,passed,write_uid,write_date}'
                    ::text[]
        THEN
            RETURN NEW;
        END IF;
    """

    quiz_id = fields.Many2one(
        "callcenter.quiz", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="restrict", index=True
    )
    department_id = fields.Many2one("hr.department", index="btree_not_null")
    user_id = fields.Many2one("res.users", required=True, index=True)
    kind = fields.Selection(
        [("exam", "Whole quiz"), ("delta", "Changes only")],
        default="exam",
        required=True,
    )
    state = fields.Selection(
        [
            ("open", "Going on"),
            ("rating", "To be rated"),
            ("submitted", "Submitted"),
            ("expired", "Time was over"),
            ("void", "Void"),
        ],
        default="open",
        required=True,
        index=True,
    )
    started_at = fields.Datetime(required=True, index=True)
    deadline_at = fields.Datetime(required=True)
    finished_at = fields.Datetime()
    blueprint = fields.Json(required=True)
    question_count = fields.Integer(aggregator="avg")
    item_ids = fields.One2many(
        "callcenter.quiz.attempt.item",
        "attempt_id",
        groups="callcenter_training.group_trainer",
    )
    rating_ids = fields.One2many(
        "callcenter.quiz.rating",
        "attempt_id",
        groups="callcenter_training.group_trainer,callcenter_ops.group_supervisor,"
        "callcenter_ops.group_director",
    )
    mark_ids = fields.One2many("callcenter.quiz.mark", "attempt_id")
    mark_id = fields.Many2one("callcenter.quiz.mark", string="Mark in force")
    percent = fields.Float(string="Mark, %", aggregator="avg")
    error = fields.Float(string="Error of measurement, ±", aggregator=None)
    passed = fields.Boolean()
    fail_reasons = fields.Text(related="mark_id.fail_reasons")
    focus_lost_count = fields.Integer(
        string="Window left", readonly=True, help="How often; a signal, no judgement."
    )
    signal_ids = fields.One2many(
        "callcenter.quiz.signal",
        "attempt_id",
        groups="callcenter_training.group_trainer,callcenter_ops.group_supervisor,"
        "callcenter_ops.group_hr,callcenter_ops.group_director",
    )

    _one_open = models.UniqueIndex(
        "(employee_id, quiz_id) WHERE state = 'open'",
        "This quiz is open already: go on with it in the other window.",
    )
    _times = models.Constraint(
        "CHECK(deadline_at > started_at AND finished_at <= deadline_at)",
        "An attempt ends after it starts and not after its deadline.",
    )

    @api.depends_context("lang")
    @api.depends("quiz_id.name", "started_at")
    def _compute_display_name(self):
        for attempt in self:
            local = attempt.company_id._callcenter_local(attempt.started_at)
            attempt.display_name = f"{attempt.quiz_id.name}, {local:%d.%m.%Y %H:%M}"

    def action_show_result(self):
        """Show the mark and the topics to learn of one's own attempt."""
        self.check_access("read")
        self.ensure_one()
        return self.quiz_id._get_take_action() | {
            "params": {"quiz_id": self.quiz_id.id, "attempt_id": self.id},
        }

    def action_regrade(self):
        """Ask the director for the reason and the questions to strike out."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Regrade"),
            "res_model": "callcenter.quiz.regrade",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_attempt_id": self.id},
        }

    @api.model
    def _get_open(self, employee, quizzes):
        """The open attempts of ``employee`` at ``quizzes``."""
        return self._get_in_state(employee, quizzes, "open")

    @api.model
    def _get_waiting(self, employee, quizzes):
        """Those that wait to be rated: neither passed nor failed."""
        return self._get_in_state(employee, quizzes, "rating")

    @api.model
    def _get_in_state(self, employee, quizzes, state):
        return self.search(
            [
                ("employee_id", "in", employee.ids),
                ("quiz_id", "in", quizzes.ids),
                ("state", "=", state),
            ]
        )

    @api.model
    def _open(self, quiz, employee, kind="exam"):
        """Draw a new attempt; the caller has checked that it may start.

        :param quiz: ``callcenter.quiz`` read with rights to draw from the bank
        """
        now = fields.Datetime.now()
        try:
            with self.env.cr.savepoint():
                attempt = self._in_transition().create(
                    self._prepare_attempt_values(quiz, employee, kind, now)
                )
        except errors.UniqueViolation as error:
            raise UserError(
                self.env._(
                    "“%(quiz)s” has just been started in another window: go on there.",
                    quiz=quiz.name,
                )
            ) from error
        QuizDraw(attempt).fill()
        return attempt

    def _prepare_attempt_values(self, quiz, employee, kind, now):
        return {
            "quiz_id": quiz.id,
            "company_id": quiz.company_id.id,
            "employee_id": employee.id,
            "department_id": employee.department_id.id,
            "user_id": employee.user_id.id,
            "kind": kind,
            "started_at": now,
            "deadline_at": fields.Datetime.add(now, minutes=quiz.time_limit),
            "blueprint": quiz._get_blueprint(kind),
            "question_count": quiz.question_count,
        }

    @api.model
    def _cron_close_overdue(self):
        """Close what nobody came back to; it ends when its time ended."""
        domain = [("state", "=", "open"), ("deadline_at", "<", fields.Datetime.now())]
        remaining = self.search_count(domain)
        while attempts := self.search(domain, limit=20, order="id"):
            locked = attempts.try_lock_for_update()
            if not locked:
                break
            for attempt in locked:
                attempt._close()
            remaining = max(0, remaining - len(locked))
            if not self.env["ir.cron"]._commit_progress(
                len(locked), remaining=remaining
            ):
                break

    def _lock_open(self, overdue_too=False):
        """Lock an open attempt for this transaction, or say why it takes no answers.

        The row lock puts answers, the submission and the closing cron in a line.
        """
        self.ensure_one()
        self.env.cr.execute(
            "SELECT state FROM callcenter_quiz_attempt WHERE id = %s FOR UPDATE",
            [self.id],
        )
        if self.env.cr.fetchone()[0] != "open":
            raise UserError(self.env._("The attempt is closed: no more answers."))
        if not overdue_too and self._is_overdue():
            raise UserError(self.env._("The time is over: the attempt is closing."))

    def _is_overdue(self):
        self.ensure_one()
        return fields.Datetime.now() > self.deadline_at

    def _get_remaining_seconds(self):
        """Whole seconds left; a clock set back gives nobody more than the limit."""
        self.ensure_one()
        if self.state != "open":
            return 0
        limit = (self.deadline_at - self.started_at).total_seconds()
        left = (self.deadline_at - fields.Datetime.now()).total_seconds()
        return int(max(0, min(left, limit)))

    def _close(self):
        """Mark the attempt and close it for good: once, now or at its deadline."""
        self.ensure_one()
        if self.state != "open":
            return
        # Closed by a job as well: what is kept speaks the person's language.
        self = self._told_to(self.user_id)
        overdue = self._is_overdue()
        finished_at = self.deadline_at if overdue else fields.Datetime.now()
        finished = {"finished_at": max(finished_at, self.started_at)}
        if self.item_ids._get_spoken():
            self._transition({"state": "rating"} | finished)
        else:
            self._settle(finished)

    def _settle(self, vals):
        """Give the mark that stands, and let follow what follows from it.

        :param vals: what is written together with the result
        """
        mark = QuizScorer(self).mark()
        finished_at = vals.get("finished_at") or self.finished_at
        in_time = finished_at < self.deadline_at
        self._transition(
            vals
            | {"state": "submitted" if in_time else "expired"}
            | self._prepare_shown_mark(mark)
        )
        SignalFinder(self).find()
        self._after_close()

    def _settle_rated(self):
        """The last answer that a person rates is rated: the mark can be given."""
        self.ensure_one()
        if not self.item_ids._get_spoken().filtered(lambda item: item._lacks_rating()):
            self._told_to(self.user_id)._settle({})

    def _lock_to_rate(self):
        """Lock an attempt that waits for ratings; two raters stand in a line."""
        self.ensure_one()
        self.invalidate_recordset(["state"])
        self.env.cr.execute(
            "SELECT state FROM callcenter_quiz_attempt WHERE id = %s FOR UPDATE",
            [self.id],
        )
        if self.env.cr.fetchone()[0] != "rating":
            raise UserError(self.env._("Nothing of this attempt waits to be rated."))

    def _regrade(self, decisions, reason, author):
        """A second mark beside the first; what follows from a pass follows it.

        :param decisions: ``{asked question's id: "strike" or "give"}``
        :param author: ``res.users`` who answers for it; the caller checked his right
        """
        self.ensure_one()
        if self.state not in ("submitted", "expired"):
            raise UserError(self.env._("Only a closed attempt is regraded."))
        before = self.passed
        self = self._told_to(self.user_id)
        mark = QuizScorer(self).regrade(decisions, reason, author)
        self._transition(self._prepare_shown_mark(mark))
        if self.passed != before:
            self._after_regrade()

    def _prepare_shown_mark(self, mark):
        return {
            "mark_id": mark.id,
            "percent": mark.percent,
            "error": mark.error,
            "passed": mark.passed,
        }

    def _get_changes_since(self):
        """Only what changed after this moment is asked; False: everything is."""
        return False

    def _after_close(self):
        """Called once in the transaction that closes an attempt; rooms extend it."""

    def _after_regrade(self):
        """Called when a second mark turned a failure into a pass, or back."""
