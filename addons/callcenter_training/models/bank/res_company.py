from odoo import fields, models

from .fact_builder import FactBuilder


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_question_release = fields.Selection(
        [
            ("trainer", "Another trainer"),
            ("supervisor", "Another trainer or a supervisor"),
            ("author", "The author himself too, after a waiting time"),
        ],
        string="Who releases a written question",
        default="trainer",
        required=True,
        help="Where one person trains, nobody else could: he then reads his own "
        "question once more with fresh eyes, and it stays marked as his own.",
    )
    callcenter_release_hours = fields.Integer(
        string="Waiting time of the author, hours", default=24
    )

    _callcenter_release_hours_range = models.Constraint(
        "CHECK(callcenter_release_hours BETWEEN 1 AND 720)",
        "An author waits between 1 and 720 hours.",
    )

    def write(self, vals):
        """Prices are asked in the currency of the company."""
        before = self.currency_id
        result = super().write(vals)
        if self.currency_id != before:
            # sudo: facts follow whoever changes the currency
            templates = self.env["callcenter.question.template"].sudo()
            priced = templates.search([("formatter", "in", ("money", "price_range"))])
            FactBuilder(self.env).rebuild(priced)
        return result
