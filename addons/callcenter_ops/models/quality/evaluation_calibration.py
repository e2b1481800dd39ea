from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.quality.agreement import kappa, observed


class EvaluationCalibration(models.AbstractModel):
    """One call judged by two people: do they mean the same by their marks?"""

    _name = "callcenter.evaluation.calibration"
    _description = "Calibration of evaluations"

    calibration_of_id = fields.Many2one(
        "callcenter.evaluation",
        string="Second evaluation of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    calibration_ids = fields.One2many("callcenter.evaluation", "calibration_of_id")
    is_sealed = fields.Boolean(
        compute="_compute_is_sealed",
        store=True,
        help="A second evaluation is under way: until it is finished, the marks are "
        "seen by the first evaluator and the operator alone.",
    )
    agreement = fields.Float(
        string="Agreement, %",
        compute="_compute_agreement",
        help="Equal marks / marks given by both evaluators",
    )
    kappa = fields.Float(
        string="Cohen's kappa",
        compute="_compute_agreement",
        help="Agreement beyond chance (J. Cohen, 1960): 1 = full, 0 = as by chance. "
        "Shown as 0 where both gave one and the same mark throughout.",
    )

    @api.depends("state", "calibration_ids.state")
    def _compute_is_sealed(self):
        for evaluation in self:
            # An appeal is decided by people who see the marks.
            states = evaluation.calibration_ids.mapped("state")
            evaluation.is_sealed = evaluation.state == "done" and "planned" in states

    @api.depends("calibration_of_id", "state", "line_ids.answer")
    def _compute_agreement(self):
        for evaluation in self:
            pairs = evaluation._get_pairs()
            evaluation.agreement = 100 * (observed(pairs) or 0)
            evaluation.kappa = kappa(pairs) or 0

    def action_calibrate(self):
        """Plan a second evaluation of this call by somebody else; its form opens."""
        self.ensure_one()
        self._check_evaluator()
        self.check_access("write")
        if self.state == "planned" or self.calibration_of_id:
            raise UserError(
                self.env._("A second evaluation follows a finished first one.")
            )
        second = self._plan(self.call_id, self.scorecard_id, calibration_of=self)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": second.id,
            "views": [(False, "form")],
        }

    def _get_pairs(self):
        """Marks of both evaluators by criterion, of finished second evaluations."""
        pairs = []
        for second in self.filtered(
            lambda one: one.calibration_of_id and one.state != "planned"
        ):
            # sudo: both are finished, and whoever reads one may know how they agree
            first = second.sudo().calibration_of_id
            marks = {line.criterion_id: line.answer for line in first.line_ids}
            pairs += [
                (marks.get(line.criterion_id), line.answer) for line in second.line_ids
            ]
        return pairs
