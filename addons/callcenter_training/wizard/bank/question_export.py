import base64

from odoo import fields, models

from ...tools.bank import question_files


class QuestionExport(models.TransientModel):
    _name = "callcenter.question.export"
    _description = "Export of Questions"

    file_format = fields.Selection(
        [("gift", "GIFT"), ("xml", "Moodle XML"), ("xlsx", "XLSX")],
        string="Format",
        default="xlsx",
        required=True,
    )
    question_ids = fields.Many2many(
        "callcenter.question",
        string="Questions",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    content = fields.Binary(string="File", readonly=True)
    filename = fields.Char(readonly=True)

    def action_export(self):
        """Write the chosen questions to a file and offer it."""
        self.ensure_one()
        self.question_ids.check_access("read")
        chosen = self.question_ids.sorted("topic_id")._get_askable()
        questions = [question._to_file() for question in chosen]
        filename, content = question_files.write(questions, self.file_format)
        self.write({"filename": filename, "content": base64.b64encode(content)})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
