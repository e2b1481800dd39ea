from odoo import api, models

_CONTACT = "callcenter.campaign.contact"


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _get_models_of_clients(self):
        return super()._get_models_of_clients() | {_CONTACT, "callcenter.call"}

    def _get_named_clients(self, vals_list):
        """A contact of a campaign stands for its client."""
        named = super()._get_named_clients(vals_list)
        # sudo: the queue is closed to operators, whose client is in it decides here
        contacts = self.env[_CONTACT].sudo().browse(named.pop(_CONTACT, ()))
        named["res.partner"].update(contacts.exists().partner_id.ids)
        return named
