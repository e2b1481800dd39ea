from odoo import models
from odoo.exceptions import UserError


class Call(models.Model):
    _inherit = "callcenter.call"

    def action_evaluate(self):
        """Judge this call by the scorecard in force; the evaluation opens."""
        self.ensure_one()
        evaluations = self.env["callcenter.evaluation"]
        evaluations._check_evaluator()
        self.check_access("read")
        evaluation = evaluations.search(
            [("call_id", "=", self.id), ("state", "!=", "annulled")], limit=1
        ) or evaluations._plan(self, self._get_scorecard())
        return {
            "type": "ir.actions.act_window",
            "res_model": evaluation._name,
            "res_id": evaluation.id,
            "views": [(False, "form")],
        }

    def _get_scorecard(self):
        card = self.env["callcenter.scorecard"].search(
            [("state", "=", "approved"), ("company_id", "=", self.company_id.id)],
            limit=1,
        )
        if not card:
            raise UserError(
                self.env._("No scorecard is in force: approve one under Quality.")
            )
        return card
