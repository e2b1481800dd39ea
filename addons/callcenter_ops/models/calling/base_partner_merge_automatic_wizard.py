from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _join_callcenter_records(self, clients):
        """Whole queues of the clients become one; nobody is merged during a call."""
        same = [("partner_id", "in", clients.ids)]
        # sudo: a call by whatever operator keeps its client from being merged
        claims = self.env["callcenter.call.claim"].sudo()
        if claims.search_count(same, limit=1):
            raise UserError(
                self.env._("The client is in a call now: release him first.")
            )
        # sudo: who may merge clients may not see every campaign they are in
        contacts = self.env["callcenter.campaign.contact"].sudo()
        contacts.search(same)._join_doubles()
        return super()._join_callcenter_records(clients)
