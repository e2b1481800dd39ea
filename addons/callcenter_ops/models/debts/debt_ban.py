from odoo import fields, models


class DebtBan(models.Model):
    """Somebody who may not be spoken to about a debt, and by which paper.

    Rule sets that spare such people ask this table at each hand-out.
    """

    _name = "callcenter.debt.ban"
    _description = "Debtor spared by law"
    _order = "date_from desc, id desc"
    _rec_name = "partner_id"
    _settled_fields = (
        "partner_id",
        "ground_id",
        "document",
        "date_from",
        "company_id",
    )

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    ground_id = fields.Many2one(
        "callcenter.debt.ban.ground", required=True, ondelete="restrict"
    )
    document = fields.Char(required=True, help="The paper that it is known by.")
    date_from = fields.Date(
        string="Since", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="Empty = for good.")
    user_id = fields.Many2one(
        "res.users",
        string="Noted by",
        readonly=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _period = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "It cannot end before it begins.",
    )
