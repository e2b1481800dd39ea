from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ScriptAnswer(models.Model):
    """What the client may say at a step, and what comes then."""

    _name = "callcenter.script.answer"
    _inherit = ["callcenter.cached.settings"]
    _description = "Answer in a script"
    _order = "step_id, sequence, id"

    step_id = fields.Many2one(
        "callcenter.script.step", required=True, ondelete="cascade", index=True
    )
    script_id = fields.Many2one(related="step_id.script_id", store=True, index=True)
    company_id = fields.Many2one(related="script_id.company_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="The client says", required=True)
    next_step_id = fields.Many2one(
        "callcenter.script.step",
        string="Go on with",
        domain="[('script_id', '=', script_id)]",
        ondelete="set null",
        index="btree_not_null",
        help="Empty: the conversation ends here.",
    )
    disposition_id = fields.Many2one(
        "callcenter.disposition",
        string="Suggested result",
        domain="[('is_system', '=', False)]",
        ondelete="set null",
        help="Chosen on the desk with this answer; the operator may take another.",
    )

    @api.constrains("next_step_id", "step_id")
    def _check_same_script(self):
        for record in self:
            target = record.next_step_id.script_id
            if target and target != record.step_id.script_id:
                raise ValidationError(
                    self.env._(
                        "%(answer)s leads into another script: choose a step of "
                        "%(script)s.",
                        answer=record.name,
                        script=record.step_id.script_id.name,
                    )
                )
