from odoo import fields, models


class PauseReason(models.Model):
    _name = "callcenter.pause.reason"
    _inherit = ["callcenter.cached.settings"]
    _description = "Reason of a pause"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    max_minutes = fields.Integer(
        string="Limit, minutes",
        default=15,
        help="After this time the wallboard shows the pause as overdue. 0 = no limit.",
    )
    is_productive = fields.Boolean(
        string="Working pause",
        help="Training, meetings and paper work count as working time.",
    )

    _name_unique = models.Constraint(
        "UNIQUE (name)", "This reason of a pause exists already."
    )
    _limit_positive = models.Constraint(
        "CHECK (max_minutes >= 0)", "The limit of a pause cannot be negative."
    )
