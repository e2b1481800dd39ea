from odoo import fields, models


class CallClaim(models.Model):
    """The live hold of one operator on one client.

    Only live attempts have a row, so plain unique indexes are enough for the database
    itself to refuse a second live call to a client, to a number, or by an operator.
    """

    _name = "callcenter.call.claim"
    _description = "Claim on a client"
    _order = "claimed_at desc"
    _rec_name = "partner_id"

    contact_id = fields.Many2one(
        "callcenter.campaign.contact", readonly=True, ondelete="cascade"
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", readonly=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, readonly=True
    )
    phone = fields.Char(string="Number", required=True, readonly=True)
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", required=True, readonly=True
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state = fields.Selection(
        [("preview", "Preview"), ("talk", "Talk")],
        required=True,
        default="preview",
        readonly=True,
    )
    attempt_no = fields.Integer(readonly=True, aggregator=None)
    claimed_at = fields.Datetime(required=True, readonly=True)
    call_started_at = fields.Datetime(readonly=True)
    call_ended_at = fields.Datetime(readonly=True)
    lease_expires_at = fields.Datetime(
        string="Lease until", required=True, readonly=True, index=True
    )

    _partner_unique = models.UniqueIndex(
        "(partner_id) WHERE state IN ('preview', 'talk')",
        "This client is in a call already.",
    )
    _phone_unique = models.UniqueIndex(
        "(phone) WHERE state IN ('preview', 'talk')",
        "This number is in a call already.",
    )
    _employee_unique = models.UniqueIndex(
        "(employee_id)", "This operator holds a client already."
    )
    _contact_unique = models.UniqueIndex("(contact_id) WHERE contact_id IS NOT NULL")
