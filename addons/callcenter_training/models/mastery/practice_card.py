from odoo import api, fields, models

KEPT_DAYS = 30


class PracticeCard(models.Model):
    """A question of practice as it was shown; nobody reads the key but the runner."""

    _name = "callcenter.practice.card"
    _description = "Card of Practice"
    _order = "id desc"

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    fact_id = fields.Many2one(
        "callcenter.fact", ondelete="cascade", index="btree_not_null"
    )
    question_id = fields.Many2one(
        "callcenter.question", ondelete="cascade", index="btree_not_null"
    )
    kind = fields.Char(required=True)
    option_count = fields.Integer()
    prompt_count = fields.Integer()
    key = fields.Json(required=True)
    guess = fields.Float()
    nonce = fields.Char(required=True)
    answered_at = fields.Datetime()
    was_right = fields.Boolean()

    @api.autovacuum
    def _gc_old_cards(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search([("create_date", "<", limit)], limit=10_000).unlink()
