from odoo import api, fields, models
from odoo.exceptions import UserError


class QuestionOption(models.Model):
    """An option of a written question; which are right, only trainers read."""

    _name = "callcenter.question.option"
    _description = "Option of a Question"
    _settled_fields = ("question_id",)
    _order = "question_id, sequence, id"
    _rec_name = "text"

    question_id = fields.Many2one(
        "callcenter.question", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="question_id.company_id", store=True)
    sequence = fields.Integer(
        default=10, help="In a question of order, the right order."
    )
    text = fields.Char(required=True)
    is_right = fields.Boolean(string="Right")
    prompt = fields.Char(
        string="Belongs to", help="In a question of matching, the left side."
    )
    feedback = fields.Char(help="Shown in practice when this option was chosen.")

    _text_uniq = models.UniqueIndex(
        "(question_id, lower(text))", "A question has each option once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        options = super().create(vals_list)
        options._refuse_frozen_question()
        options.question_id._wait_anew()
        return options

    def write(self, vals):
        self._refuse_frozen_question()
        result = super().write(vals)
        self.question_id._wait_anew()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._refuse_frozen_question()
        self.question_id._wait_anew()

    def _refuse_frozen_question(self):
        frozen = self.question_id.filtered(lambda question: question._is_frozen())
        if frozen and not frozen._is_in_transition():
            raise UserError(
                self.env._(
                    "“%(question)s” has been asked in this form: draft a new version.",
                    question=frozen[0].stem[:60],
                )
            )
