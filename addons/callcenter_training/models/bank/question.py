from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import file_open, file_path

from ...tools.bank import question_files
from ...tools.bank.question_file import FileQuestion, Option, from_html
from .question_importer import QuestionImporter

_STARTER = "callcenter_training/data/bank/starter"
MAX_OPTIONS = 9
DIFFICULTIES = [("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard")]


class Question(models.Model):
    """A question written by a person, in versions: what was asked is never edited.

    A ready question is frozen; a new version is drafted beside it and takes its
    place once somebody else has reviewed it.
    """

    _name = "callcenter.question"
    _description = "Written Question"
    _inherit = ["callcenter.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "topic_id, id"
    _rec_name = "stem"

    _guarded_fields = (
        "state", "version", "reviewer_id", "origin_id", "submitted_at",
        "is_self_released",
    )  # fmt: skip
    _frozen_states = ("ready", "retired")
    _frozen_exempt_fields = ("asked_count",)

    stem = fields.Text(required=True, string="Question", tracking=True)
    dialogue = fields.Text(
        string="Case", help="A short dialogue or situation shown above the question."
    )
    topic_id = fields.Many2one(
        "callcenter.topic", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            ("single", "One of several"),
            ("multiple", "Several of several"),
            ("number", "Number"),
            ("order", "Put in order"),
            ("match", "Match"),
        ],
        required=True,
        default="single",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In review"),
            ("ready", "Ready"),
            ("retired", "Retired"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.user._get_callcenter_own_company(),
    )
    option_ids = fields.One2many("callcenter.question.option", "question_id", copy=True)
    number = fields.Float(string="Right number", digits=(16, 4))
    tolerance = fields.Float(
        digits=(16, 4), help="How far the typed number may be off, in the same unit."
    )
    image_128 = fields.Image(max_width=512, max_height=512, string="Picture")
    explanation = fields.Html(help="Shown in practice, never in an exam.")
    source = fields.Char(
        string="Source document", help="Where the right answer is written down."
    )
    weight = fields.Float(default=1.0, required=True)
    is_critical = fields.Boolean(string="Critical")
    difficulty = fields.Selection(
        DIFFICULTIES,
        default="medium",
        required=True,
        help="What to expect until 30 people have answered; then their answers count.",
    )
    is_practice = fields.Boolean(
        string="In practice too",
        default=True,
        help="Shown with its answer in practice.",
    )
    version = fields.Integer(default=1, readonly=True, copy=False, aggregator=None)
    origin_id = fields.Many2one(
        "callcenter.question",
        "First version",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    submitted_at = fields.Datetime(
        string="Handed over", readonly=True, copy=False, help="For review, last time."
    )
    reviewer_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_self_released = fields.Boolean(
        string="Released by its author", readonly=True, copy=False
    )
    external_key = fields.Char(
        index="btree_not_null", copy=False, help="Name given by an imported file."
    )
    asked_count = fields.Integer(string="Times asked", readonly=True, copy=False)

    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "The weight must be more than zero."
    )
    _tolerance_positive = models.Constraint(
        "CHECK(tolerance >= 0)", "The tolerance cannot be negative."
    )
    _one_ready = models.UniqueIndex(
        "(COALESCE(origin_id, id)) WHERE state = 'ready'",
        "Only one version of a question is ready.",
    )
    _ready_idx = models.Index("(topic_id, asked_count) WHERE state = 'ready'")

    @api.constrains("kind", "option_ids", "state")
    def _check_answerable(self):
        for question in self.filtered(lambda q: q.state in ("review", "ready")):
            problem = question._get_answer_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "“%(question)s”: %(problem)s",
                        question=question.stem[:60],
                        problem=problem,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if not self._is_in_transition():
            self._wait_anew()
        return result

    def _wait_anew(self):
        """Whoever changes what is in review is its author, and waits as one."""
        changed = self.filtered(lambda question: question.state == "review")
        changed._transition({"submitted_at": fields.Datetime.now()})

    def action_submit(self):
        """Hand drafts over for review."""
        self._check_trainer()
        self._check_in_state("draft")
        self._transition({"state": "review", "submitted_at": fields.Datetime.now()})
        for question in self:
            question._log_line(question._told_to().env._("Handed over for review."))

    def action_approve(self):
        """Make reviewed questions ready; their earlier versions retire.

        :raise UserError: when the author reviews his own question, where the company
            does not let him or he has not waited long enough
        """
        self._check_releaser()
        self._check_in_state("review")
        # sudo: who may release is checked; supervisors write no questions
        released = self.sudo()
        for question in released:
            is_own = question._is_written_by(self.env.user)
            if is_own:
                question._check_own_release()
            question._release(is_own)
        released._after_release()

    def _release(self, is_own):
        self._get_versions()._retire()
        self._transition(
            {
                "state": "ready",
                "reviewer_id": self.env.uid,
                "is_self_released": is_own,
            }
        )
        self._log_line(
            self._told_to().env._("Released by the author himself.")
            if is_own
            else self._told_to().env._("Reviewed and ready.")
        )

    def _check_releaser(self):
        """Trainers release; supervisors where the company says so."""
        self.check_access("read")
        if not self._is_open_to_supervisors():
            self._check_trainer()

    def _is_open_to_supervisors(self):
        """Whether this supervisor releases all of these, those of all companies only
        where he enters every company."""
        user = self.env.user
        return user.has_group("callcenter_ops.group_supervisor") and all(
            (question.company_id or user.callcenter_enters_every_company)
            and question._get_release_rule() == "supervisor"
            for question in self
        )

    def _get_release_rule(self):
        return self._get_releasing_company()._get_callcenter_setting(
            "callcenter_question_release"
        )

    def _get_releasing_company(self):
        """The company whose rule a release follows; of a shared one the reader's."""
        return self.company_id or self.env.company

    def _is_written_by(self, user):
        """Whether ``user`` wrote the question or changed it last."""
        return user in self.create_uid | self.write_uid

    def _check_own_release(self):
        """The author releases his own question where he may and has waited."""
        if self._get_release_rule() != "author":
            raise UserError(
                self.env._("Somebody else than the author reviews a question.")
            )
        company = self._get_releasing_company()
        hours = company._get_callcenter_setting("callcenter_release_hours")
        since = self.submitted_at or self.write_date
        again = fields.Datetime.add(since, hours=hours)
        if fields.Datetime.now() < again:
            raise UserError(
                self.env._(
                    "You wrote this question yourself: read it once more after "
                    "%(moment)s and release it then.",
                    moment=f"{company._callcenter_local(again):%d.%m.%Y %H:%M}",
                )
            )

    def action_return(self):
        """Send questions in review back to their authors."""
        self._check_trainer()
        self._check_in_state("review")
        self._transition({"state": "draft"})
        for question in self:
            question._log_line(question._told_to().env._("Returned to the author."))

    def action_retire(self):
        """Take ready questions out of use; what was asked stays as it was."""
        self._check_trainer()
        self._check_in_state("ready")
        self._retire()

    def action_new_version(self):
        """Draft the next version of a ready question and open it."""
        self._check_trainer()
        self.ensure_one()
        self._check_in_state("ready", "retired")
        draft = self.copy()
        versions = self._get_versions()
        draft._transition(
            {
                "origin_id": (self.origin_id or self).id,
                "version": max(versions.mapped("version")) + 1,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def _get_versions(self):
        """All versions of the same questions, these included."""
        roots = self.mapped(lambda question: question.origin_id or question)
        return self.search(
            ["|", ("id", "in", roots.ids), ("origin_id", "in", roots.ids)]
        )

    def _retire(self):
        ready = self.filtered(lambda question: question.state == "ready")
        ready._transition({"state": "retired"})
        for question in ready:
            question._log_line(question._told_to().env._("Retired."))

    def _after_release(self):
        """Called once when questions have become ready; rooms extend it."""

    def _check_trainer(self):
        self.check_access("write")
        if not self.env.user.has_group("callcenter_training.group_trainer"):
            raise AccessError(self.env._("Only trainers keep the question bank."))

    def _get_answer_problem(self):
        """Why the question cannot be answered, in words; False when it can."""
        options = self.option_ids
        right = options.filtered("is_right")
        if self.kind == "number":
            return options and self.env._("a number has no options.")
        if not 2 <= len(options) <= MAX_OPTIONS:
            return self.env._(
                "it needs between 2 and %(count)s options.", count=MAX_OPTIONS
            )
        if self.kind == "single" and len(right) != 1:
            return self.env._("exactly one option must be right.")
        if self.kind == "multiple" and not 1 <= len(right) < len(options):
            return self.env._("some options must be right and some wrong.")
        if self.kind == "match" and not all(options.mapped("prompt")):
            return self.env._("each option needs what it belongs to.")
        return False

    # -- files of questions ----------------------------------------------------------

    @api.model
    def _load_starter_bank(self):
        """The written questions shipped with the system, ready to be asked."""
        importer = QuestionImporter(self.env, is_ready=True)
        for path in sorted(Path(file_path(_STARTER)).glob("*.gift")):
            with file_open(f"{_STARTER}/{path.name}", "rb") as stream:
                questions, errors = question_files.read(path.name, stream.read())
            if errors:
                raise errors[0]
            importer.load(questions)

    def _to_file(self):
        """The question as a ``FileQuestion``, to be written to a file."""
        self.ensure_one()
        return FileQuestion(
            line=0,
            kind=self.kind,
            stem=self.stem,
            dialogue=self.dialogue or "",
            key=self.external_key or "",
            topic=self.topic_id.code,
            number=self.number,
            tolerance=self.tolerance,
            explanation=from_html(self.explanation or ""),
            source=self.source or "",
            weight=self.weight,
            is_critical=self.is_critical,
            difficulty=self.difficulty,
            options=[
                Option(o.text, o.is_right, o.prompt or "", o.feedback or "")
                for o in self.option_ids
            ],
        )
