from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.quality.scorecard import EARNED


class EvaluationLine(models.Model):
    _name = "callcenter.evaluation.line"
    _description = "Criterion of an evaluation"
    _order = "evaluation_id, sequence, id"
    _settled_fields = ("evaluation_id", "criterion_id")

    evaluation_id = fields.Many2one(
        "callcenter.evaluation", required=True, index=True, ondelete="cascade"
    )
    criterion_id = fields.Many2one(
        "callcenter.scorecard.criterion", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    employee_id = fields.Many2one(
        related="evaluation_id.employee_id", store=True, index=True
    )
    department_id = fields.Many2one(related="evaluation_id.department_id", store=True)
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True)
    evaluation_state = fields.Selection(related="evaluation_id.state", store=True)
    evaluated_on = fields.Datetime(related="evaluation_id.evaluated_on", store=True)
    topic_id = fields.Many2one(related="criterion_id.topic_id", store=True)
    guide = fields.Char(related="criterion_id.guide")
    points = fields.Integer(related="criterion_id.points", string="Points possible")
    is_fatal = fields.Boolean(related="criterion_id.is_fatal")
    answer = fields.Selection(
        [("yes", "Yes"), ("partly", "Partly"), ("no", "No"), ("na", "Not applicable")],
        string="Assessment",
    )
    points_counted = fields.Float(compute="_compute_points", store=True)
    points_earned = fields.Float(compute="_compute_points", store=True)
    share = fields.Float(
        string="Earned, %",
        compute="_compute_points",
        store=True,
        aggregator="avg",
        help="Points earned / points that could be earned; what does not apply is "
        "left out of both.",
    )
    note = fields.Char(string="Remark")

    _criterion_unique = models.UniqueIndex(
        "(evaluation_id, criterion_id)", "A criterion is judged once."
    )

    @api.depends("answer", "criterion_id.points")
    def _compute_points(self):
        for line in self:
            is_counted = line.answer in EARNED
            line.points_counted = line.criterion_id.points if is_counted else 0
            line.points_earned = line.points_counted * EARNED.get(line.answer, 0)
            line.share = 100 * EARNED.get(line.answer, 0)

    def _read_group_select(self, aggregate_spec, query):
        """The share of several lines is weighed by their points, not averaged."""
        if aggregate_spec != "share:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "100 * SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "points_earned", query),
            self._field_to_sql(self._table, "points_counted", query),
        )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._refuse_frozen_evaluation()
        return lines

    def write(self, vals):
        self._refuse_frozen_evaluation()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen_evaluation(self):
        self._refuse_frozen_evaluation()

    def _refuse_frozen_evaluation(self):
        done = self.evaluation_id.filtered(lambda one: one.state != "planned")
        if done:
            raise UserError(
                self.env._(
                    "%(evaluation)s is finished: its marks do not change any more.",
                    evaluation=done[0].display_name,
                )
            )
