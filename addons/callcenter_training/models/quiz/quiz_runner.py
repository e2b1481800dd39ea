import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .quiz_review import QuizReview

# What one answer needs, read in one query each.
_ATTEMPT_FIELDS = (
    "quiz_id", "state", "question_count", "started_at", "deadline_at",
    "focus_lost_count",
)  # fmt: skip
_ITEM_FIELDS = (
    "position", "kind", "stem", "situation", "step", "step_count", "options",
    "prompts", "pictures", "image_128", "first_shown_at", "answered_at", "response",
)  # fmt: skip


class QuizRunner(models.AbstractModel):
    """What the person taking a quiz may call; everything is checked here.

    The browser gets one question at a time: its text, its options in the order kept
    on the server, and a one-time nonce. It answers with positions.
    """

    _name = "callcenter.quiz.runner"
    _description = "Runner of Quizzes"

    @api.model
    def start(self, quiz_id):
        """Start the quiz, or come back to the attempt that is open.

        :return: the attempt's status, see ``_get_status``
        :raise UserError: too many starts, too soon, nothing to ask
        """
        quiz = self.env["callcenter.quiz"].browse(int(quiz_id))
        quiz.check_access("read")
        employee = self._get_own_employee()
        # sudo: people write no attempts; the quiz is one that he may read
        attempt = self.env["callcenter.quiz.attempt"].sudo()._get_open(employee, quiz)
        if attempt and attempt._is_overdue():
            attempt._close()
            attempt = attempt.browse()
        if not attempt:
            quiz._check_may_start(employee, fields.Datetime.now())
            # sudo: the draw reads a bank that he may not; that he may start is checked
            quiz = quiz.sudo()
            attempt = attempt._open(quiz, employee, quiz._get_attempt_kind(employee))
        return self._get_status(attempt)

    @api.model
    def get_kind(self, quiz_id):
        """What the next start asks.

        :return: ``exam``: all of the quiz, or ``delta``: only what has changed
        """
        quiz = self.env["callcenter.quiz"].browse(int(quiz_id))
        quiz.check_access("read")
        employee = self.env.user.sudo().employee_id  # sudo: only his own record
        # sudo: the person's own clearance decides; the quiz was checked above
        return quiz.sudo()._get_attempt_kind(employee)

    @api.model
    def get_rules(self, quiz_id):
        """By which rules the next attempt is made.

        :return: ``kind`` as of ``get_kind``; ``starts_left``, None where any number is
            allowed; ``refusal``: why none may begin now, in words, or ""
        """
        kind = self.get_kind(quiz_id)
        # sudo: get_kind has checked that he may read the quiz; his own starts count
        quiz = self.env["callcenter.quiz"].sudo().browse(int(quiz_id))
        # sudo: only his own record
        left, refusal = quiz._judge_start(self.env.user.sudo().employee_id)
        return {"kind": kind, "starts_left": left, "refusal": refusal}

    @api.model
    def question(self, attempt_id):
        """The question to answer now; the same one until it is answered.

        :return: ``{"position", "nonce", "kind", "stem", "options", "image", ...}``
            with the status, or the status alone when nothing is left to answer
        """
        attempt = self._get_own_attempt(attempt_id)
        if attempt.state == "open" and attempt._is_overdue():
            attempt._close()
        items = self._get_items()
        if attempt.state == "open":
            items = self._get_next_items(attempt)
        return self._show(attempt, items[:1])

    @api.model
    def answer(self, attempt_id, position, choices, nonce):
        """Store one answer and bring the next question.

        Called again with the same answer it changes nothing and answers the same. A
        quiz that tells something of each answer at once brings that as ``lesson``.

        :param position: place of the question, as it was shown
        :param choices: list of option positions (order and match: one per place),
            ``[number]`` for a typed number; empty when not known
        :param nonce: what came with the question
        :raise UserError: late, not shown, answered otherwise, out of range
        """
        attempt = self._get_own_attempt(attempt_id)
        attempt._lock_open()
        items = self._get_next_items(attempt, int(position))
        item = self._get_shown_item(items, int(position), nonce)
        response = item._clean_response(choices)
        if item.answered_at:
            item._check_same_response(response)
        else:
            self._store(item, response)
        stored = {"stored": item.position}
        lesson = self._get_lesson(attempt, item)
        if lesson:
            # Its reading takes no time of the next question, which is asked for then.
            return stored | {"lesson": lesson} | self._get_status(attempt)
        return stored | self._show(attempt, (items - item)[:1])

    @api.model
    def leave(self, attempt_id):
        """Note that the window of an open attempt was left: a signal, nothing more."""
        attempt = self._get_own_attempt(attempt_id)
        if attempt.state == "open" and not attempt._is_overdue():
            attempt._lock_open()
            count = attempt.focus_lost_count + 1
            attempt._transition({"focus_lost_count": count})
        return True

    @api.model
    def submit(self, attempt_id):
        """Close the attempt and show the mark; a second call shows it again."""
        attempt = self._get_own_attempt(attempt_id)
        if attempt.state == "open":
            attempt._lock_open(overdue_too=True)
            attempt._close()
        return self._get_result(attempt)

    @api.model
    def result(self, attempt_id):
        """The mark and the topics to learn of a closed attempt of one's own.

        While a person has answers of it to rate there is the status alone.
        """
        attempt = self._get_own_attempt(attempt_id)
        if attempt.state == "open":
            raise UserError(self.env._("The attempt is still open."))
        return self._get_result(attempt)

    @api.model
    def review(self, attempt_id):
        """One's own answers in a closed attempt, with what its quiz tells of them now.

        :return: list of ``{"position", "situation", "stem", "answer"}`` and, as far as
            they are told, ``right``, ``marks``, ``explanation``, ``feedback``; empty
            where nothing is
        """
        attempt = self._get_own_attempt(attempt_id)
        if attempt.state not in ("submitted", "expired"):
            raise UserError(self.env._("The attempt is still open."))
        return QuizReview(attempt).get_items()

    def _get_lesson(self, attempt, item):
        """What the quiz tells of an answer at once; nothing as a rule."""
        if not attempt.quiz_id._get_told("during"):
            return False
        return QuizReview(attempt).describe(item)[0]

    def _get_own_employee(self):
        employee = self.env.user.sudo().employee_id  # sudo: only his own record
        if not employee:
            raise UserError(
                self.env._("Your user is not linked to an employee: ask HR to do it.")
            )
        return employee

    def _get_own_attempt(self, attempt_id):
        """The attempt in engine rights, once it is certain that it is his own."""
        # sudo: people read no questions; whose attempt it is, is checked right here
        attempts = self.env["callcenter.quiz.attempt"].sudo()
        own = [("id", "=", int(attempt_id)), ("user_id", "=", self.env.uid)]
        attempt = attempts.search_fetch(own, _ATTEMPT_FIELDS)
        if not attempt:
            raise AccessError(self.env._("This attempt is not yours."))
        return attempt

    def _get_items(self):
        # sudo: people read no questions; every search names an attempt of their own
        return self.env["callcenter.quiz.attempt.item"].sudo()

    def _get_next_items(self, attempt, position=-1):
        """The question at ``position`` and the next to answer, as far as there are.

        Whoever asks for one that lies further ahead gets others: it was not shown.
        """
        return self._get_items().search_fetch(
            [
                ("attempt_id", "=", attempt.id),
                "|",
                ("position", "=", position),
                ("answered_at", "=", False),
            ],
            _ITEM_FIELDS,
            order="position",
            limit=2,
        )

    def _get_shown_item(self, items, position, nonce):
        item = items.filtered(lambda item: item.position == position)
        known = item.first_shown_at and self._get_nonce(item)
        if not known or not secrets.compare_digest(known.encode(), str(nonce).encode()):
            raise UserError(
                self.env._("This question is not the one shown: reload the page.")
            )
        return item

    def _show(self, attempt, item):
        """The status, and ``item`` with the nonce that its answer must bring."""
        if not item:
            return self._get_status(attempt)
        if not item.first_shown_at:
            item._transition({"first_shown_at": fields.Datetime.now()})
        # Questions are answered in their order, so those before it are answered.
        return self._get_status(attempt, item.position) | self._get_shown(item)

    def _get_nonce(self, item):
        # sudo: nobody has rights on the keys; the attempt was checked to be his own
        keys = self.env["callcenter.quiz.attempt.key"].sudo()
        own = [("item_id", "=", item.id)]
        return keys.search_fetch(own, ["nonce"]).nonce

    def _store(self, item, response):
        now = max(fields.Datetime.now(), item.first_shown_at)
        item._transition(
            {
                "answered_at": now,
                "response": response,
                "seconds": (now - item.first_shown_at).total_seconds(),
            }
        )

    def _get_status(self, attempt, answered=None):
        if answered is None:
            answered = self._get_items().search_count(
                [("attempt_id", "=", attempt.id), ("answered_at", "!=", False)]
            )
        return {
            "attempt_id": attempt.id,
            "quiz": attempt.quiz_id.name,
            "state": attempt.state,
            "answered": answered,
            "count": attempt.question_count,
            "remaining_seconds": attempt._get_remaining_seconds(),
            "is_complete": answered >= attempt.question_count,
        }

    def _get_shown(self, item):
        return {
            "position": item.position,
            "nonce": self._get_nonce(item),
            "kind": item.kind,
            "stem": item.stem,
            "situation": item.situation,
            "step": item.step,
            "step_count": item.step_count,
            "options": item.options or [],
            "prompts": item.prompts or [],
            "pictures": self._get_pictures(item),
            "image": (item.image_128 and item.image_128.decode()) or False,
        }

    def _get_pictures(self, item):
        if not item.pictures:
            return []
        # sudo: people read no options; these are of the question that he is shown
        options = self.env["callcenter.question.option"].sudo()
        return options._get_pictures(item.pictures)

    def _get_result(self, attempt):
        mark = attempt.mark_id
        if attempt.state == "rating":
            return self._get_status(attempt)
        return self._get_status(attempt) | {
            "percent": mark.percent,
            "error": mark.error,
            "lower_bound": mark.lower_bound,
            "pass_percent": attempt.blueprint["pass_percent"],
            "passed": mark.passed,
            "reasons": (mark.fail_reasons or "").splitlines(),
            "sections": mark.section_results,
            "topics": self._get_topics(attempt),
            "ratings": self._get_ratings(attempt),
            "has_review": bool(QuizReview(attempt).told),
        }

    def _get_ratings(self, attempt):
        """What persons gave for spoken answers and said of them, without the rubric."""
        return [
            {
                "stem": item.stem,
                "percent": 100 * item.fraction,
                "remarks": list(filter(None, item.rating_ids.mapped("remark"))),
            }
            for item in attempt.item_ids._get_spoken()
        ]

    def _get_topics(self, attempt):
        """What to learn: topics and product cards, never the right answers."""
        wrong = attempt.item_ids.filtered(lambda item: item.fraction < 1)
        return [
            {
                "topic": (item.template_id or item.topic_id).name,
                "product": item.product_tmpl_id.name,
                "product_id": item.product_tmpl_id.id,
            }
            for item in wrong
        ]
