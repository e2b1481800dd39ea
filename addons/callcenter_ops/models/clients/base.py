from collections import defaultdict

from odoo import api, models

from ...tools.clients.named_records import named_records


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

    @api.model
    def _get_models_of_clients(self):
        """Models that tell who the company's clients are; higher rooms add theirs."""
        return {"calendar.event", "crm.lead", "res.partner", "res.users"}

    def _get_named_clients(self, vals_list):
        """Ids by model of what ``vals_list`` links to."""
        named, closed = defaultdict(set), self._get_models_of_clients()
        for vals in (*vals_list, self._get_context_defaults()):
            for model, id_ in named_records(self, vals):
                if model in closed and isinstance(id_, int):
                    named[model].add(id_)
        return named

    def _get_context_defaults(self):
        return {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        }
