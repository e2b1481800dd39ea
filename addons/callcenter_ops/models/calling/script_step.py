from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.calling.script_text import unknown_tokens
from .campaign import SCRIPT_TOKENS

PRODUCT_TOKENS = ("product_name", "product_code", "product_price", "product_text")


class ScriptStep(models.Model):
    _name = "callcenter.script.step"
    _inherit = ["callcenter.cached.settings"]
    _description = "Step of a script"
    _order = "script_id, sequence, id"

    script_id = fields.Many2one(
        "callcenter.script", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="script_id.company_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Step", required=True)
    text = fields.Html(
        string="What to say",
        sanitize_attributes=True,
        help="Text between double braces is filled in: "
        + ", ".join("{{ %s }}" % token for token in SCRIPT_TOKENS + PRODUCT_TOKENS),
    )
    product_id = fields.Many2one("product.product")
    answer_ids = fields.One2many(
        "callcenter.script.answer", "step_id", string="Client's answers", copy=False
    )

    @api.constrains("text", "product_id", "script_id")
    def _check_tokens(self):
        for record in self:
            known = SCRIPT_TOKENS
            if record.product_id or record.script_id.product_id:
                known += PRODUCT_TOKENS
            unknown = unknown_tokens(record.text, known)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "The step %(step)s asks for %(unknown)s, which nothing fills "
                        "in. Data of a product needs a product in the step or in the "
                        "script.",
                        step=record.name,
                        unknown=", ".join(unknown),
                    )
                )
