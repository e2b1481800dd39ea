import base64

from odoo import api, fields, models
from odoo.addons.callcenter_ops.tools.imports.table_reader import read_content
from odoo.exceptions import UserError

from ...models.bank.question_fault import describe
from ...models.bank.question_importer import QuestionImporter
from ...tools.bank import question_files

SHOWN_ERRORS = 1000
# Bytes of questions that are loaded while somebody waits; more are left to a job.
AT_ONCE = 100_000
BATCH = 200


class QuestionImport(models.TransientModel):
    """A file of questions: a small one is loaded at once, a large one by a job."""

    _name = "callcenter.question.import"
    _description = "Import of Questions"
    _text_limits = {"errors": 1_000_000, "left_out": 1_000_000}
    # A job may wait for the night, and its result for the morning.
    _transient_max_hours = 48.0

    content = fields.Binary(string="File", required=True)
    filename = fields.Char()
    topic_id = fields.Many2one(
        "callcenter.topic",
        help="For the questions whose file names no topic.",
    )
    policy = fields.Selection(
        [
            ("good", "Load the good ones"),
            ("all", "All or nothing"),
        ],
        default="good",
        required=True,
        string="When some are wrong",
    )
    state = fields.Selection(
        [
            ("file", "File"),
            ("waiting", "Being loaded in the background"),
            ("done", "Done"),
        ],
        default="file",
        required=True,
        readonly=True,
    )
    position = fields.Integer(readonly=True)
    question_count = fields.Integer(string="Questions in the file", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    created_count = fields.Integer(string="Drafts created", readonly=True)
    skipped_count = fields.Integer(string="Known already", readonly=True)
    error_count = fields.Integer(string="Wrong", readonly=True)
    errors = fields.Text(string="Errors by line", readonly=True)
    left_out = fields.Text(
        string="Not kept, by line",
        readonly=True,
        help="What questions that were taken say in the file and do not say here.",
    )

    @api.depends("position", "question_count")
    def _compute_progress(self):
        for record in self:
            count = record.question_count
            record.progress = 100 * record.position / count if count else 0

    def action_import(self):
        """Read the file and create drafts; what is wrong is told by its line."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "file":
            return self._reopen()
        content = base64.b64decode(self.content)
        if question_files.measure(self.filename, content) > AT_ONCE:
            self.state = "waiting"
            job = self.env.ref("callcenter_training.ir_cron_load_questions")
            # sudo: triggering a scheduled action is the administrator's otherwise
            job.sudo()._trigger()
        else:
            self._load(content)
        return self._reopen()

    def action_open_questions(self):
        """Open the drafts of this user's last imports."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_training.question_action"
        )
        domain = [("state", "=", "draft"), ("create_uid", "=", self.env.uid)]
        return action | {"domain": domain, "context": {}}

    @api.model
    def _cron_run(self):
        """Load what waits in the name of who asked for it."""
        for waiting in self.search([("state", "=", "waiting")], order="id"):
            record = waiting.with_user(waiting.create_uid)._told_to(waiting.create_uid)
            content = base64.b64decode(record.with_context(bin_size=False).content)
            if not record._load(content, is_job=True):
                return

    def _load(self, content, is_job=False):
        """Load the file from where it stands. :return: whether time is left"""
        questions, errors = question_files.read(self.filename, content, read_content)
        self.question_count = len(questions)
        if not self.position:
            self._note(errors=errors)
        if self.policy == "all":
            self._load_whole(questions, errors)
        while self.position < len(questions):
            batch = questions[self.position : self.position + BATCH]
            self._note(*QuestionImporter(self.env, self.topic_id).load(batch))
            self._note_left_out(batch)
            self.position += len(batch)
            if is_job and not self._commit(len(questions)):
                return False
        self._finish(is_job)
        return True

    def _load_whole(self, questions, errors):
        """All or nothing."""
        if not errors:
            with self.env.cr.savepoint() as savepoint:
                importer = QuestionImporter(self.env, self.topic_id)
                created, skipped, more = importer.load(questions)
                if more:
                    savepoint.rollback()
                    created = created.browse()
            self._note(created, skipped, more)
            if not more:
                self._note_left_out(questions)
        self.position = len(questions)

    def _commit(self, count):
        """Keep a batch; the seconds left of the run, 0 for none."""
        return self.env["ir.cron"]._commit_progress(
            BATCH, remaining=count - self.position
        )

    def _note(self, created=(), skipped=0, errors=()):
        """Add to what the form tells."""
        lines = self._add_lines(self.errors, errors)
        self.write(
            {
                "created_count": self.created_count + len(created),
                "skipped_count": self.skipped_count + skipped,
                "error_count": self.error_count + len(errors),
                "errors": lines,
            }
        )

    def _note_left_out(self, questions):
        """Name what the questions do not hold, so that nothing is lost unseen."""
        left_out = [one for question in questions for one in question.left_out]
        self.left_out = self._add_lines(self.left_out, left_out)

    def _add_lines(self, text, errors):
        """``text`` with a line for each ``LineError``, up to what is shown."""
        lines = (text or "").splitlines()
        lines += [
            self.env._(
                "Line %(line)s: %(message)s",
                line=error.line,
                message=describe(self.env, error),
            )
            for error in sorted(errors, key=lambda error: error.line)
        ]
        return "\n".join(lines[:SHOWN_ERRORS])

    def _finish(self, is_job):
        self.state = "done"
        if is_job:
            message = self.env._(
                "%(created)s drafts created, %(errors)s questions are wrong.",
                created=self.created_count,
                errors=self.error_count,
            )
            self.create_uid._bus_send(
                "simple_notification",
                {"type": "info", "title": self.filename, "message": message},
            )
        elif not (self.created_count or self.skipped_count or self.error_count):
            raise UserError(self.env._("The file holds no questions."))

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
