from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Join what the database allows once a client, before the clients become one.

        Odoo deletes the rows of a table that break a unique index when clients are
        merged: consents, which are evidence, and whole queues would be lost.
        """
        self._join_callcenter_records(src_partners + dst_partner)
        # sudo: guards of evidence let clients merge when the trail says so
        self.env["callcenter.trail"].sudo()._note(
            dst_partner, dst_partner._told_to().env._("Clients are merged."), "merged"
        )
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _join_callcenter_records(self, clients):
        """What these clients may have once; higher rooms add theirs.

        :raise UserError: they cannot be merged now
        """
        # sudo: who may merge clients may not see every consent of them
        consents = self.env["callcenter.consent"].sudo()
        consents.search([("partner_id", "in", clients.ids)])._join_live()
        # sudo: who was stopped under one name is stopped under all of them
        self.env["callcenter.stop.entry"].sudo()._follow_numbers(clients)
