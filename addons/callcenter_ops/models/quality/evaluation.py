from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.quality.scorecard import score

_EVALUATORS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")


class Evaluation(models.Model):
    """One call judged by a scorecard; finished marks are evidence and stay."""

    _name = "callcenter.evaluation"
    _description = "Evaluation of a call"
    _inherit = [
        "callcenter.guarded.mixin",
        "callcenter.evaluation.appeal",
        "callcenter.evaluation.calibration",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "evaluated_on desc, id desc"

    _guarded_fields = (
        "state",
        "call_id",
        "scorecard_id",
        "employee_id",
        "department_id",
        "company_id",
        "evaluated_on",
        "evaluator_id",
        "score",
        "is_passed",
        "calibration_of_id",
        "reply",
        "appeal_reason",
        "appeal_decision",
        "decided_by_id",
    )
    _frozen_states = ("done", "appealed", "confirmed", "annulled")

    call_id = fields.Many2one(
        "callcenter.call", required=True, readonly=True, index=True, ondelete="restrict"
    )
    scorecard_id = fields.Many2one(
        "callcenter.scorecard",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    rule_id = fields.Many2one(
        "callcenter.sampling.rule", string="Chosen by", readonly=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", required=True, readonly=True, index=True
    )
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [
            ("planned", "To evaluate"),
            ("done", "Evaluated"),
            ("appealed", "Appealed"),
            ("confirmed", "Confirmed"),
            ("annulled", "Annulled"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
    )
    recording_url = fields.Char(
        string="Recording", help="Link to the recording; empty = listened to live."
    )
    line_ids = fields.One2many("callcenter.evaluation.line", "evaluation_id")
    comment = fields.Text(help="What was good, what to do better; the operator reads.")
    evaluator_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    evaluated_on = fields.Datetime(readonly=True, index=True)
    score = fields.Float(string="Score, %", readonly=True, aggregator="avg")
    is_passed = fields.Boolean(string="Passed", readonly=True)
    started_at = fields.Datetime(related="call_id.started_at", string="Call of")
    disposition_id = fields.Many2one(related="call_id.disposition_id")
    talk_seconds = fields.Integer(related="call_id.talk_seconds")
    partner_id = fields.Many2one(related="call_id.partner_id")
    call_note = fields.Text(related="call_id.note", string="Note of the call")

    _call_card_unique = models.UniqueIndex(
        "(call_id, scorecard_id, COALESCE(calibration_of_id, 0)) "
        "WHERE state <> 'annulled'",
        "This call is evaluated by this scorecard already.",
    )

    @api.depends("call_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._(
                "Evaluation of the call %(number)s", number=record.call_id.id
            )

    def write(self, vals):
        url = vals.get("recording_url")
        if url and not url.startswith(("https://", "http://")):
            raise UserError(
                self.env._("The link to the recording begins with https:// or http://.")
            )
        return super().write(vals)

    @api.model
    def _plan(self, calls, card, rule=None, calibration_of=None):
        """Evaluations to be made of ``calls`` by the version ``card``."""
        # sudo: evaluations come from calls and rules only, never from outside
        made = self.sudo()._in_transition()
        return made.create(
            [
                {
                    "call_id": call.id,
                    "scorecard_id": card.id,
                    "rule_id": rule and rule.id,
                    "employee_id": call.employee_id.id,
                    "department_id": call.department_id.id,
                    "company_id": call.company_id.id,
                    "calibration_of_id": calibration_of and calibration_of.id,
                    "line_ids": [
                        (0, 0, {"criterion_id": criterion.id})
                        for criterion in card.criterion_ids
                    ],
                }
                for call in calls
            ]
        ).with_env(self.env)

    def action_finish(self):
        """Count the score and show it to the operator; marks are frozen then."""
        for evaluation in self:
            evaluation._check_may_finish()
            evaluation._finish()

    def _finish(self):
        share = score(
            (line.points, line.is_fatal, line.answer) for line in self.line_ids
        )
        if share is None:
            raise UserError(self.env._("No criterion applies: there is no score."))
        percent = round(100 * share, 2)
        self._transition(
            {
                "state": "done",
                "score": percent,
                "is_passed": percent >= self.scorecard_id.pass_percent,
                "evaluator_id": self.env.uid,
                "evaluated_on": fields.Datetime.now(),
            }
        )
        self._tell_operator(
            self.env._("Your call is evaluated: %(score)s %%.", score=f"{percent:g}")
        )
        # sudo: what an operator is to repeat follows from the marks
        self.sudo().employee_id._repeat_callcenter_weak_topics(self)

    def _tell_operator(self, body):
        # sudo: the operator is told through his user, which leaders may not read
        evaluation = self.sudo()
        evaluation.message_post(
            body=body,
            author_id=self.env.user.partner_id.id,
            partner_ids=evaluation.employee_id.user_id.partner_id.ids,
        )

    # ------------------------------------------------------------------ checks

    @api.model
    def _check_evaluator(self):
        if not any(self.env.user.has_group(group) for group in _EVALUATORS):
            raise AccessError(
                self.env._("Calls are evaluated by supervisors and the Director.")
            )

    def _check_may_finish(self):
        self.ensure_one()
        self._check_evaluator()
        self.check_access("write")
        self._check_not_own()
        if self.state != "planned":
            raise UserError(self.env._("This call is evaluated already."))
        if self.calibration_of_id.sudo().evaluator_id == self.env.user:  # sudo: who?
            raise UserError(
                self.env._("The second evaluation is made by somebody else.")
            )
        if not all(line.answer for line in self.line_ids):
            raise UserError(self.env._("Mark every criterion before you finish."))

    def _check_not_own(self):
        if self.sudo().employee_id.user_id == self.env.user:  # sudo: reads hr.employee
            raise UserError(self.env._("Nobody evaluates his own calls."))
