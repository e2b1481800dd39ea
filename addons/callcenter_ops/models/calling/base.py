from odoo import api, models

_CONTACT = "callcenter.campaign.contact"


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def _resolve_named_clients(self, named):
        """A contact of a campaign stands for its client."""
        named = dict(super()._resolve_named_clients(named))
        # sudo: the queue is closed to operators, whose client is in it decides here
        contacts = self.env[_CONTACT].sudo().browse(named.pop(_CONTACT, ()))
        clients = contacts.exists().partner_id.ids
        if clients:
            named["res.partner"] = {*named.get("res.partner", ()), *clients}
        return named
