from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Join what the database allows once a client, before the clients become one.

        Odoo deletes the rows of a table that break a unique index when clients are
        merged: consents, which are evidence, and whole queues would be lost.
        """
        clients = src_partners + dst_partner
        # sudo: who may merge clients may not see every campaign or consent of them
        contacts = self.env["callcenter.campaign.contact"].sudo()
        # sudo: as above
        consents = self.env["callcenter.consent"].sudo()
        # sudo: as above
        claims = self.env["callcenter.call.claim"].sudo()
        same = [("partner_id", "in", clients.ids)]
        if claims.search_count(same, limit=1):
            raise UserError(
                self.env._("The client is in a call now: release him first.")
            )
        consents.search(same)._join_live()
        contacts.search(same)._join_doubles()
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
