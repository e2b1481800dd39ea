from odoo import models
from odoo.tools import SQL


class ClientGrant(models.Model):
    _inherit = "callcenter.client.grant"
    _depends = {"callcenter.enquiry": ["partner_id", "user_id", "state"]}

    def _get_branches(self):
        """Letters in hand have negative numbers."""
        taken = SQL(
            """
            SELECT -enquiry.id AS id, enquiry.partner_id, enquiry.user_id
              FROM callcenter_enquiry enquiry
             WHERE enquiry.state = 'taken' AND enquiry.partner_id IS NOT NULL
            """
        )
        return [*super()._get_branches(), taken]
