from odoo import fields, models


class RefusalReason(models.Model):
    _name = "callcenter.refusal.reason"
    _inherit = ["callcenter.cached.settings"]
    _description = "Reason of refusal"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint(
        "UNIQUE (name)", "This reason of refusal exists already."
    )
