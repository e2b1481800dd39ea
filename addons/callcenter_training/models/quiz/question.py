import random

from odoo import fields, models

from ..bank.question import Question as BankQuestion


class Question(models.Model):
    _inherit = "callcenter.question"

    _guarded_fields = (*BankQuestion._guarded_fields, "is_reserved")

    is_reserved = fields.Boolean(
        string="Kept for exams",
        readonly=True,
        copy=False,
        help="Drawn by lot when the question was released: practice never shows it "
        "while the bank is large enough.",
    )

    def _after_release(self):
        """Draw which of the new questions practice never shows."""
        result = super()._after_release()
        lot = random.SystemRandom()
        for question in self:
            earlier = question._get_versions() - question
            if earlier:
                kept = any(earlier.mapped("is_reserved"))
            else:
                company = question.company_id or self.env.company
                share = company._get_callcenter_setting("callcenter_exam_reserve")
                kept = lot.randrange(100) < share
            if kept:
                (question | question.child_ids)._transition({"is_reserved": True})
        # sudo: sections follow the bank, whoever releases a question
        sections = self.env["callcenter.quiz.section"].sudo()
        sections.search([("source", "=", "questions")])._measure_reserve()
        return result
