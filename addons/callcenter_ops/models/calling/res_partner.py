from odoo import models
from odoo.exceptions import UserError

# By what number and clock a client is called follows from these.
_PLACE_FIELDS = ("phone", "callcenter_bad_phone", "callcenter_tz", "state_id")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """The queues follow the numbers and places of their clients."""
        moved = self._find_moved(vals)
        result = super().write(vals)
        if moved:
            # sudo: whoever corrects a number may not see the queues it stands in
            self.env["callcenter.campaign"].sudo()._renew_numbers(moved)
        return result

    def _find_moved(self, vals):
        """Clients whose number or place these values change."""
        names = [name for name in _PLACE_FIELDS if name in vals]
        if not names:
            return self.browse()
        # sudo: only asks what changes, the right to write was or will be checked
        before = self.sudo()
        return self.browse(
            client.id
            for client in before
            if any(
                client._fields[name].convert_to_write(client[name], client)
                != vals[name]
                for name in names
            )
        )

    def _check_forgettable(self):
        result = super()._check_forgettable()
        # sudo: supervisors see the claims of their companies, here any counts
        claims = self.env["callcenter.call.claim"].sudo()
        if claims.search_count([("partner_id", "=", self.id)], limit=1):
            raise UserError(
                self.env._("The client is in a call now: release him first.")
            )
        return result

    def _forget_traces(self):
        """Also in calls, queues and the log of refusals."""
        same = [("partner_id", "=", self.id)]
        # sudo: nobody writes calls; the right to forget was checked before
        calls = self.env["callcenter.call"].sudo()._unlocked()
        told = calls.search(same)
        # sudo: the seals of past days are told by what right the calls change
        self.env["callcenter.day.seal"].sudo()._excuse(
            told, told._told_to().env._("The client asked to be forgotten.")
        )
        told.write({"phone": False, "note": False})
        # sudo: nobody writes promises; the right to forget was checked before
        promised = self.env["callcenter.followup"].sudo().search(same)
        promised._forget()
        # sudo: the queues of all companies and departments
        contacts = self.env["callcenter.campaign.contact"].sudo()
        contacts.search(same)._transition(
            {"state": "excluded", "exclusion_reason": "forgotten", "phone": False}
        )
        # sudo: nobody writes the log of refusals
        refusals = self.env["callcenter.rule.refusal"].sudo()
        refusals.search(same).write({"phone": False})
        return super()._forget_traces()
