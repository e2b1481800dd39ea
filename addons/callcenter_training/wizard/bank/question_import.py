import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.bank.question_fault import describe
from ...models.bank.question_importer import QuestionImporter
from ...tools.bank import question_files

SHOWN_ERRORS = 1000


class QuestionImport(models.TransientModel):
    _name = "callcenter.question.import"
    _description = "Import of Questions"
    _text_limits = {"errors": 1_000_000}

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
        [("file", "File"), ("done", "Done")], default="file", required=True
    )
    created_count = fields.Integer(string="Drafts created", readonly=True)
    skipped_count = fields.Integer(string="Known already", readonly=True)
    error_count = fields.Integer(string="Wrong", readonly=True)
    errors = fields.Text(string="Errors by line", readonly=True)

    def action_import(self):
        """Read the file and create drafts; what is wrong is told by its line."""
        self.ensure_one()
        content = base64.b64decode(self.content)
        questions, errors = question_files.read(self.filename, content)
        if self.policy == "all" and errors:
            return self._report(self.env["callcenter.question"], 0, errors)
        importer = QuestionImporter(self.env, self.topic_id)
        with self.env.cr.savepoint() as savepoint:
            created, skipped, more = importer.load(questions)
            if self.policy == "all" and more:
                savepoint.rollback()
                created = created.browse()
        return self._report(created, skipped, errors + more)

    def action_open_questions(self):
        """Open the drafts of this user's last imports."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_training.question_action"
        )
        domain = [("state", "=", "draft"), ("create_uid", "=", self.env.uid)]
        return action | {"domain": domain, "context": {}}

    def _report(self, created, skipped, errors):
        errors = sorted(errors, key=lambda error: error.line)
        lines = [
            self.env._(
                "Line %(line)s: %(message)s",
                line=error.line,
                message=describe(self.env, error),
            )
            for error in errors[:SHOWN_ERRORS]
        ]
        self.write(
            {
                "state": "done",
                "created_count": len(created),
                "skipped_count": skipped,
                "error_count": len(errors),
                "errors": "\n".join(lines),
            }
        )
        if not (created or skipped or errors):
            raise UserError(self.env._("The file holds no questions."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
