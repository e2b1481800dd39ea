from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class EvaluationAppeal(models.AbstractModel):
    """The operator's say: a reply, or an appeal that somebody else decides."""

    _name = "callcenter.evaluation.appeal"
    _description = "Reply and appeal of an evaluation"

    reply = fields.Text(string="Operator's reply", readonly=True)
    appeal_reason = fields.Text(readonly=True)
    appeal_decision = fields.Text(readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)

    def action_reply(self, text):
        """The operator's answer to the marks.

        :param str text: what he wants to be kept beside them
        """
        self._check_operator()
        self._check_in_state("done", "confirmed")
        text = self._check_text(text)
        self.sudo()._transition({"reply": text})  # sudo: operators only read marks
        self._tell_evaluator(self.env._("Reply: %(text)s", text=text))

    def action_appeal(self, reason):
        """The operator disagrees; whoever did not evaluate decides.

        :param str reason: with which mark and why
        """
        self._check_operator()
        self._check_in_state("done")
        reason = self._check_text(reason)
        # sudo: operators only read marks
        self.sudo()._transition({"state": "appealed", "appeal_reason": reason})
        self._tell_evaluator(self.env._("Appeal: %(text)s", text=reason))

    def action_confirm(self, decision):
        """The marks stand.

        :param str decision: why; the operator reads it
        """
        decision = self._check_decision(decision)
        self._decide("confirmed", decision)
        self._tell_operator(self.env._("The marks stand: %(text)s", text=decision))

    def action_annul(self, decision):
        """The marks fall; the call may be evaluated anew.

        :param str decision: why; both sides read it
        """
        decision = self._check_decision(decision)
        self._decide("annulled", decision)
        self._tell_operator(self.env._("The marks fell: %(text)s", text=decision))

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
        evaluation.message_post(
            body=body,
            author_id=self.env.user.partner_id.id,
            partner_ids=evaluation.evaluator_id.partner_id.ids,
        )

    # ------------------------------------------------------------------ checks

    def _check_operator(self):
        self.ensure_one()
        self.check_access("read")
        # sudo: operators cannot read hr.employee
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
