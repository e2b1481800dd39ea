from odoo import api, fields, models
from odoo.exceptions import UserError


class ScorecardCriterion(models.Model):
    _name = "callcenter.scorecard.criterion"
    _description = "Criterion of a scorecard"
    _order = "scorecard_id, sequence, id"
    _settled_fields = ("scorecard_id",)

    scorecard_id = fields.Many2one(
        "callcenter.scorecard", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Criterion", required=True)
    guide = fields.Char(string="What earns the points")
    points = fields.Integer(default=10, required=True)
    is_fatal = fields.Boolean(
        string="Instant fail", help='"No" makes the whole call fail.'
    )
    topic_id = fields.Many2one(
        "callcenter.topic",
        ondelete="restrict",
        help="What the operator repeats when he is weak here.",
    )

    _points_positive = models.Constraint(
        "CHECK (points >= 0)", "Points cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        criteria = super().create(vals_list)
        criteria._refuse_frozen_card()
        return criteria

    def write(self, vals):
        self._refuse_frozen_card()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen_card(self):
        self._refuse_frozen_card()

    def _refuse_frozen_card(self):
        frozen = self.scorecard_id.filtered(lambda card: card.state != "draft")
        if frozen:
            raise UserError(
                self.env._(
                    "%(card)s is approved: its criteria do not change any more. Make "
                    "a new version.",
                    card=frozen[0].display_name,
                )
            )
