from odoo import fields, models
from odoo.tools import SQL


class ClientGrant(models.Model):
    """Which clients are in an operator's hands now: what he may read.

    A view over live claims, personal call-backs and letters in hand: nothing has to be
    granted or taken away; each branch is answered by an index.
    """

    _name = "callcenter.client.grant"
    _description = "Client in an operator's hands"
    _auto = False
    _depends = {
        "callcenter.call.claim": ["partner_id", "user_id"],
        "callcenter.campaign.contact": ["partner_id", "reserved_employee_id", "state"],
        "callcenter.enquiry": ["partner_id", "user_id", "state"],
        "hr.employee": ["user_id"],
    }

    partner_id = fields.Many2one("res.partner", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT claim.id * 2 AS id, claim.partner_id, claim.user_id
              FROM callcenter_call_claim claim
             UNION ALL
            SELECT contact.id * 2 + 1 AS id, contact.partner_id, employee.user_id
              FROM callcenter_campaign_contact contact
              JOIN hr_employee employee ON employee.id = contact.reserved_employee_id
             WHERE contact.state = 'queued'
               AND contact.reserved_employee_id IS NOT NULL
             UNION ALL
            SELECT -enquiry.id AS id, enquiry.partner_id, enquiry.user_id
              FROM callcenter_enquiry enquiry
             WHERE enquiry.state = 'taken' AND enquiry.partner_id IS NOT NULL
            """
        )
