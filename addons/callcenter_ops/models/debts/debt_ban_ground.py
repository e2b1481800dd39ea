from odoo import fields, models


class DebtBanGround(models.Model):
    """Why the law spares somebody from talk about a debt: dated, with its source."""

    _name = "callcenter.debt.ban.ground"
    _description = "Ground for sparing a debtor"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    source = fields.Char(
        string="Basis", required=True, translate=True, help="Law and article."
    )
    date_from = fields.Date(string="In force from", required=True)
    date_to = fields.Date(string="In force to", help="Empty = until it is changed.")

    _name_unique = models.Constraint("UNIQUE (name)", "This ground exists already.")
    _period = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A ground cannot end before it begins.",
    )
