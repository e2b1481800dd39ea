from collections import defaultdict

from odoo import api, models

from ...tools.clients.named_records import named_records

_CONTACT = "callcenter.campaign.contact"
# What tells who the company's clients are.
_CLOSED = {
    _CONTACT,
    "calendar.event",
    "callcenter.call",
    "callcenter.enquiry",
    "crm.lead",
    "res.partner",
    "res.users",
}


class Base(models.AbstractModel):
    """An operator names no client who is not in his hands, in no record at all.

    Odoo shows the name behind a link to whoever may read the record that holds it, and
    a form works out telephone and mail of whom is put into it; so a link to a client,
    made up by number, would tell who he is.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_named_clients(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_named_clients(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_named_clients(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_named_clients(self, *vals_list):
        """Refuse links to records that an operator may not read."""
        if self.env.su or not self.env.uid:
            return
        if not self.env.user._has_closed_client_base():
            return
        for model, ids in self._get_named_clients(vals_list).items():
            self.env[model].browse(ids).check_access("read")

    def _get_named_clients(self, vals_list):
        """Ids by model; a contact of a campaign stands for its client."""
        named = defaultdict(set)
        for vals in (*vals_list, self._get_context_defaults()):
            for model, id_ in named_records(self, vals):
                if model in _CLOSED and isinstance(id_, int):
                    named[model].add(id_)
        # sudo: the queue is closed to operators, whose client is in it decides here
        contacts = self.env[_CONTACT].sudo().browse(named.pop(_CONTACT, ()))
        named["res.partner"].update(contacts.exists().partner_id.ids)
        return named

    def _get_context_defaults(self):
        return {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        }
