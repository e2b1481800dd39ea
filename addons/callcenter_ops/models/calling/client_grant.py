from odoo import models
from odoo.tools import SQL


class ClientGrant(models.Model):
    _inherit = "callcenter.client.grant"
    _depends = {
        "callcenter.call.claim": ["partner_id", "user_id"],
        "callcenter.campaign.contact": ["partner_id", "reserved_employee_id", "state"],
        "callcenter.followup": ["partner_id", "user_id", "state"],
        "hr.employee": ["user_id"],
    }

    def _get_branches(self):
        """Numbers by fours: live claims, personal call-backs, promises."""
        claimed = SQL(
            "SELECT claim.id * 4 AS id, claim.partner_id, claim.user_id"
            " FROM callcenter_call_claim claim"
        )
        reserved = SQL(
            """
            SELECT contact.id * 4 + 1 AS id, contact.partner_id, employee.user_id
              FROM callcenter_campaign_contact contact
              JOIN hr_employee employee ON employee.id = contact.reserved_employee_id
             WHERE contact.state = 'queued'
               AND contact.reserved_employee_id IS NOT NULL
            """
        )
        promised = SQL(
            """
            SELECT followup.id * 4 + 2 AS id, followup.partner_id, followup.user_id
              FROM callcenter_followup followup
             WHERE followup.state = 'open'
            """
        )
        return [*super()._get_branches(), claimed, reserved, promised]
