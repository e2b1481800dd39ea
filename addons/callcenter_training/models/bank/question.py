from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import file_open, file_path

from ...tools.bank import question_files
from ...tools.bank.question_file import FileQuestion, Option, from_html
from ...tools.bank.short_answer import MOST_TYPOS, normalise
from .question_importer import QuestionImporter

_STARTER = "callcenter_training/data/bank/starter"
MAX_OPTIONS = 9
DIFFICULTIES = [("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard")]
MAX_ANSWERS = 20
# Steps of a case.
FEWEST_STEPS, MOST_STEPS = 2, 6
KINDS = [
    ("single", "One of several"),
    ("multiple", "Several of several"),
    ("number", "Number"),
    ("short", "Short answer"),
    ("order", "Put in order"),
    ("match", "Match"),
    ("spoken", "Spoken answer"),
]
# What the steps of a case take from it.
_OF_CASE = ("topic_id", "company_id", "is_practice")


class Question(models.Model):
    """A question written by a person, in versions: what was asked is never edited.

    A ready question is frozen; a new version is drafted beside it and takes its
    place once somebody else has reviewed it.
    """

    _name = "callcenter.question"
    _description = "Written Question"
    _inherit = ["callcenter.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "topic_id, sequence, id"
    _settled_fields = ("parent_id",)
    _rec_name = "stem"

    _guarded_fields = (
        "state", "version", "reviewer_id", "origin_id", "submitted_at",
        "is_self_released",
    )  # fmt: skip
    _frozen_states = ("ready", "retired")
    _frozen_exempt_fields = ("asked_count",)

    stem = fields.Text(required=True, string="Question", tracking=True)
    dialogue = fields.Text(
        string="Case",
        help="A short dialogue or situation shown above the question; of a case of "
        "several steps it stays in sight at each of them.",
    )
    topic_id = fields.Many2one(
        "callcenter.topic", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [*KINDS, ("case", "Case of several steps")], required=True, default="single"
    )
    parent_id = fields.Many2one(
        "callcenter.question",
        string="Case of the step",
        ondelete="cascade",
        index="btree_not_null",
    )
    child_ids = fields.One2many(
        "callcenter.question", "parent_id", string="Steps", copy=True
    )
    sequence = fields.Integer(default=10, help="Of a step: its place in the case.")
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
    typos = fields.Integer(
        string="Typos forgiven",
        aggregator=None,
        help="Letters wrong, left out, added or swapped in an answer of five letters "
        "or more; a wrong number is never forgiven. Case, spaces, punctuation, ё and "
        "е never count.",
    )
    credit = fields.Selection(
        [
            ("part", "A part of the mark for a part of the answer"),
            ("whole", "All or nothing"),
        ],
        string="Partial credit",
        default="part",
        required=True,
    )
    needed_percent = fields.Float(
        string="Good enough from, %",
        default=60.0,
        digits=(16, 1),
        aggregator=None,
        help="A critical spoken answer that earns less fails the attempt.",
    )
    credit_rule = fields.Char(compute="_compute_credit_rule", string="How it is marked")
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
    _typos_range = models.Constraint(
        f"CHECK(typos >= 0 AND typos <= {MOST_TYPOS})",
        "Two typos are forgiven at most.",
    )
    _needed_range = models.Constraint(
        "CHECK(needed_percent > 0 AND needed_percent <= 100)",
        "Good enough lies between 0 and 100 percent.",
    )
    _one_ready = models.UniqueIndex(
        "(COALESCE(origin_id, id)) WHERE state = 'ready'",
        "Only one version of a question is ready.",
    )
    _ready_idx = models.Index("(topic_id, asked_count) WHERE state = 'ready'")

    @api.depends_context("lang")
    @api.depends("kind", "credit")
    def _compute_credit_rule(self):
        for question in self:
            has_parts = question.credit == "part" or question.kind == "spoken"
            explain = has_parts and self._PARTS.get(question.kind)
            question.credit_rule = (
                explain(question)
                if explain
                else self.env._(
                    "All or nothing: what is not wholly right earns nothing."
                )
            )

    def _explain_multiple(self):
        return self.env._(
            "Right options chosen less wrong options chosen, divided by all right "
            "ones; never less than nothing."
        )

    def _explain_order(self):
        return self.env._(
            "The share of places that hold what belongs there; with two places all or "
            "nothing."
        )

    def _explain_match(self):
        return self.env._(
            "The share of pairs that are right; with two pairs all or nothing."
        )

    def _explain_spoken(self):
        return self.env._(
            "Rated by a person: the points given for each criterion, of all points; a "
            "critical answer by two persons, whose mean counts."
        )

    # What a part of an answer earns, in words; the formulas are those of the marking.
    _PARTS = {
        "multiple": _explain_multiple,
        "order": _explain_order,
        "match": _explain_match,
        "spoken": _explain_spoken,
    }

    @api.constrains("kind", "option_ids", "state", "child_ids", "dialogue")
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

    @api.constrains("parent_id", "kind")
    def _check_steps(self):
        """A step belongs to a case and is none itself."""
        for question in self:
            case = question.parent_id
            is_whole = case and (case.kind != "case" or question.kind == "case")
            if is_whole or (question.child_ids and question.kind != "case"):
                raise ValidationError(
                    self.env._("Only a case has steps, and no step is a case itself.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        """A step is of the topic and the company of its case."""
        questions = super().create([self._add_topic(vals) for vals in vals_list])
        steps = questions.filtered("parent_id")
        for case, own in steps.grouped("parent_id").items():
            own._follow(case)
            case._take_steps()
        return questions

    def _add_topic(self, vals):
        case_id = not vals.get("topic_id") and vals.get("parent_id")
        if not isinstance(case_id, int) or not case_id:
            return vals
        return vals | {"topic_id": self.browse(case_id).topic_id.id}

    def _follow(self, case, names=_OF_CASE):
        """Take from the case what its steps have in common with it."""
        for step in self:
            own = {name: case[name] for name in names if step[name] != case[name]}
            step.update(own)

    def _take_steps(self):
        """A step came, changed or went: never in a case that has been released."""
        frozen = self.filtered(lambda case: case._is_frozen())
        if frozen and not self._is_in_transition():
            raise UserError(
                self.env._(
                    "“%(question)s” has been asked in this form: draft a new version.",
                    question=frozen[0].stem[:60],
                )
            )
        self._wait_anew()

    @api.ondelete(at_uninstall=False)
    def _unlink_step(self):
        self.parent_id._take_steps()

    def write(self, vals):
        result = super().write(vals)
        of_case = [name for name in _OF_CASE if name in vals]
        for question in self if of_case else ():
            question.child_ids._follow(question, of_case)
            question._follow(question.parent_id or question, of_case)
        if not self._is_in_transition():
            self._wait_anew()
        return result

    def _wait_anew(self):
        """Whoever changes what is in review is its author, and waits as one."""
        changed = (self | self.parent_id).filtered(lambda one: one.state == "review")
        changed._transition({"submitted_at": fields.Datetime.now()})

    def action_submit(self):
        """Hand drafts over for review."""
        self._check_trainer()
        self._check_whole()
        self._check_in_state("draft")
        steps = self.child_ids
        (self | steps)._transition(
            {"state": "review", "submitted_at": fields.Datetime.now()}
        )
        for question in self:
            question._log_line(question._told_to().env._("Handed over for review."))

    def action_approve(self):
        """Make reviewed questions ready; their earlier versions retire.

        :raise UserError: when the author reviews his own question, where the company
            does not let him or he has not waited long enough
        """
        self._check_releaser()
        self._check_whole()
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
        (self | self.child_ids)._transition(
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
        written = self | self.child_ids
        return user in written.create_uid | written.write_uid

    def _check_whole(self):
        """A step is handed over, released and retired with its case."""
        step = self.filtered("parent_id")[:1]
        if step:
            raise UserError(
                self.env._(
                    "“%(question)s” is a step of a case: it goes with its case.",
                    question=step.stem[:60],
                )
            )

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
        self._check_whole()
        self._check_in_state("review")
        (self | self.child_ids)._transition({"state": "draft"})
        for question in self:
            question._log_line(question._told_to().env._("Returned to the author."))

    def action_retire(self):
        """Take ready questions out of use; what was asked stays as it was."""
        self._check_trainer()
        self._check_whole()
        self._check_in_state("ready")
        self._retire()

    def action_new_version(self):
        """Draft the next version of a ready question and open it."""
        self._check_trainer()
        self.ensure_one()
        self._check_whole()
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
        (ready | ready.child_ids)._transition({"state": "retired"})
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
        if self.kind == "case":
            return self._get_case_problem()
        if self.kind == "number":
            return options and self.env._("a number has no options.")
        if self.kind == "short":
            return self._get_short_problem()
        if self.kind == "spoken":
            is_rubric = 1 <= len(options) <= MAX_OPTIONS
            return not is_rubric and self.env._(
                "it needs between 1 and %(count)s criteria with their points.",
                count=MAX_OPTIONS,
            )
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

    def _get_case_problem(self):
        count = len(self.child_ids)
        if self.option_ids or not self.dialogue:
            return self.env._("a case has a situation and no options of its own.")
        if not FEWEST_STEPS <= count <= MOST_STEPS:
            return self.env._(
                "a case has between %(fewest)s and %(most)s steps.",
                fewest=FEWEST_STEPS,
                most=MOST_STEPS,
            )
        return next(
            filter(None, (s._get_answer_problem() for s in self.child_ids)), False
        )

    def _get_short_problem(self):
        answers = self.option_ids
        said = [normalise(answer.text) for answer in answers]
        if not 1 <= len(answers) <= MAX_ANSWERS or not any(answers.mapped("is_right")):
            return self.env._(
                "it needs between 1 and %(count)s answers, one of them right.",
                count=MAX_ANSWERS,
            )
        if not all(said) or len(set(said)) < len(said):
            return self.env._("two answers read the same, or one of them says nothing.")
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

    def _get_askable(self):
        """The questions themselves; of a case its steps, in their order."""
        return self.browse(id_ for one in self for id_ in (one.child_ids or one).ids)

    def _to_file(self):
        """The question as a ``FileQuestion``, to be written to a file."""
        self.ensure_one()
        return FileQuestion(
            line=0,
            kind=self.kind,
            stem=self.stem,
            dialogue=(self.parent_id or self).dialogue or "",
            key=self.external_key or "",
            topic=self.topic_id.code,
            number=self.number,
            tolerance=self.tolerance,
            typos=self.typos,
            credit=self.credit,
            explanation=from_html(self.explanation or ""),
            source=self.source or "",
            weight=self.weight,
            is_critical=self.is_critical,
            difficulty=self.difficulty,
            options=[
                Option(o.text, o.is_right, o.prompt or "", o.feedback or "", o.points)
                for o in self.option_ids
            ],
        )
