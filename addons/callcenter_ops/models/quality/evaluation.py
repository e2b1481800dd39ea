from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.common.row_guard import frozen
from ...tools.quality.agreement import kappa, observed
from ...tools.quality.scorecard import score

_FROZEN = ("done", "appealed", "confirmed", "annulled")
_EVALUATORS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")


class Evaluation(models.Model):
    """One call judged by a scorecard; finished marks are evidence and stay.

    The operator replies or appeals, which somebody else decides; a second evaluation
    of the same call shows whether two people mean the same by their marks.
    """

    _name = "callcenter.evaluation"
    _description = "Evaluation of a call"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.guarded.mixin",
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
    _frozen_states = _FROZEN
    _guard_update, _guard_delete = frozen(
        "callcenter.evaluation",
        _FROZEN,
        free=("reply", "is_sealed"),
        moved=("appeal_reason", "appeal_decision", "decided_by_id"),
        emptied=("rule_id",),
        stays=True,
    )

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
    # What sales say of the lead that the call brought.
    lead_outcome = fields.Selection(
        related="call_id.lead_id.won_status", string="Lead won or lost"
    )
    lead_lost_reason_id = fields.Many2one(
        related="call_id.lead_id.lost_reason_id", string="Lost because of"
    )
    lead_mark = fields.Selection(related="call_id.lead_id.callcenter_mark")
    lead_mark_note = fields.Char(related="call_id.lead_id.callcenter_mark_note")
    # the operator's say: a reply, or an appeal that somebody else decides
    reply = fields.Text(string="Operator's reply", readonly=True)
    appeal_reason = fields.Text(readonly=True)
    appeal_decision = fields.Text(readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    # A second evaluation of the same call by somebody else.
    # one call judged by two people: do they mean the same by their marks?
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

    _call_card_unique = models.UniqueIndex(
        "(call_id, scorecard_id, COALESCE(calibration_of_id, 0)) "
        "WHERE state <> 'annulled'",
        "This call is evaluated by this scorecard already.",
    )

    @api.depends_context("lang")
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

    # ---------------------------------------------------------------------- marks

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
            self._spoken().env._(
                "Your call is evaluated: %(score)s %%.", score=f"{percent:g}"
            )
        )
        # sudo: what an operator is to repeat follows from the marks
        self.sudo().employee_id._repeat_callcenter_weak_topics(self)

    def _check_may_finish(self):
        self.ensure_one()
        self._check_evaluator()
        self.check_access("write")
        self._check_not_own()
        if self.state != "planned":
            raise UserError(self.env._("This call is evaluated already."))
        # sudo: only whether he made the first one, which is sealed before him
        if self.calibration_of_id.sudo().evaluator_id == self.env.user:
            raise UserError(
                self.env._("The second evaluation is made by somebody else.")
            )
        if not all(line.answer for line in self.line_ids):
            raise UserError(self.env._("Mark every criterion before you finish."))

    @api.model
    def _check_evaluator(self):
        if not any(self.env.user.has_group(group) for group in _EVALUATORS):
            raise AccessError(
                self.env._("Calls are evaluated by supervisors and the Director.")
            )

    def _check_not_own(self):
        # sudo: only whether it is himself; supervisors may not open hr.employee
        if self.sudo().employee_id.user_id == self.env.user:
            raise UserError(self.env._("Nobody evaluates his own calls."))

    def _spoken(self):
        """The evaluation in the language of its operator."""
        # sudo: leaders may not read his user
        return self._told_to(self.sudo().employee_id.user_id)

    def _tell_operator(self, body):
        # sudo: the operator is told through his user, which leaders may not read
        evaluation = self.sudo()
        evaluation._log_line(
            body,
            partner_ids=evaluation.employee_id.user_id.partner_id.ids,
        )

    def _tell_mark(self):
        """What sales say of the lead, to the operators of these calls."""
        for evaluation in self:
            reader = evaluation._spoken()
            labels = dict(
                reader._fields["lead_mark"]._description_selection(reader.env)
            )
            evaluation._tell_operator(
                reader.env._(
                    "Sales on the lead of this call: %(mark)s. %(words)s",
                    mark=labels.get(evaluation.lead_mark, "—"),
                    words=evaluation.lead_mark_note or "",
                )
            )

    # ----------------------------------------------------------- reply and appeal

    def action_reply(self, text):
        """The operator's answer to the marks.

        :param str text: what he wants to be kept beside them
        """
        self._check_operator()
        self._check_in_state("done", "confirmed")
        text = self._check_text(text)
        # sudo: his own words; operators may change nothing else in an evaluation
        self.sudo()._transition({"reply": text})
        self._tell_evaluator(
            self._told_to(self.evaluator_id).env._("Reply: %(text)s", text=text)
        )

    def action_appeal(self, reason):
        """The operator disagrees; whoever did not evaluate decides.

        :param str reason: with which mark and why
        """
        self._check_operator()
        self._check_in_state("done")
        reason = self._check_text(reason)
        # sudo: his own step; operators may change nothing else in an evaluation
        self.sudo()._transition({"state": "appealed", "appeal_reason": reason})
        self._tell_evaluator(
            self._told_to(self.evaluator_id).env._("Appeal: %(text)s", text=reason)
        )

    def action_confirm(self, decision):
        """The marks stand.

        :param str decision: why; the operator reads it
        """
        decision = self._check_decision(decision)
        self._decide("confirmed", decision)
        self._tell_operator(
            self._spoken().env._("The marks stand: %(text)s", text=decision)
        )

    def action_annul(self, decision):
        """The marks fall; the call may be evaluated anew.

        :param str decision: why; both sides read it
        """
        decision = self._check_decision(decision)
        self._decide("annulled", decision)
        self._tell_operator(
            self._spoken().env._("The marks fell: %(text)s", text=decision)
        )

    def action_ask_reply(self):
        """Ask for the words of the reply."""
        return self._ask_words("reply", self.env._("Reply"))

    def action_ask_appeal(self):
        """Ask for the reason of the appeal."""
        return self._ask_words("appeal", self.env._("Appeal"))

    def action_ask_confirm(self):
        """Ask why the marks stand."""
        return self._ask_words("confirm", self.env._("Marks stand"))

    def action_ask_annul(self):
        """Ask why the marks fall."""
        return self._ask_words("annul", self.env._("Marks fall"))

    def _ask_words(self, step, title):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "callcenter.evaluation.words",
            "view_mode": "form",
            "target": "new",
            "context": {"default_step": step, "default_evaluation_id": self.id},
        }

    def _decide(self, state, decision):
        self._transition(
            {
                "state": state,
                "appeal_decision": decision,
                "decided_by_id": self.env.uid,
            }
        )

    def _tell_evaluator(self, body):
        # sudo: operators have no write access to the history of their evaluations
        evaluation = self.sudo()
        evaluation._log_line(
            body,
            partner_ids=evaluation.evaluator_id.partner_id.ids,
        )

    def _check_operator(self):
        self.ensure_one()
        self.check_access("read")
        # sudo: only whether it is himself; operators may not open hr.employee
        if self.sudo().employee_id.user_id != self.env.user:
            raise AccessError(
                self.env._("Only the operator himself answers to his marks.")
            )

    def _check_decision(self, text):
        self.ensure_one()
        self._check_evaluator()
        self.check_access("write")
        self._check_in_state("appealed")
        self._check_not_own()
        if self.evaluator_id == self.env.user:
            raise UserError(
                self.env._("An appeal is decided by somebody who did not evaluate.")
            )
        return self._check_text(text)

    def _check_text(self, text):
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write your reason: the other side reads it."))
        return text

    # ---------------------------------------------------------------- calibration

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
