from odoo import api, models
from odoo.exceptions import UserError

from .guarded_mixin import is_in_transition


class Base(models.AbstractModel):
    """What a form shows without letting it be changed, nobody changes past the form.

    To Odoo ``readonly`` is a word to the screen alone: it takes whatever an RPC client
    writes into such a column, a figure that it works out itself included. A debt would
    be paid by saying so.
    """

    _inherit = "base"

    # Given when the record is made, and as it is from then on; see ``_transition``.
    _settled_fields = ()

    @api.model
    def default_get(self, fields):
        """Defaults that a user stored or sent never reach such fields."""
        kept = [name for name in fields if self._is_kept_by_server(name)]
        values = super().default_get([name for name in fields if name not in kept])
        return values | self._get_initial_values(kept)

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_kept({name for vals in vals_list for name in vals}, "create")
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_kept(vals, "write")
        before = self._get_settled_values(vals)
        result = super().write(vals)
        self._refuse_unsettled(before)
        return result

    @api.model
    def _get_initial_values(self, names):
        """The defaults that the fields themselves declare, and no others."""
        fields_ = [self._fields[name] for name in names if self._fields[name].default]
        return {
            field.name: field.convert_to_write(
                field.convert_to_record(
                    field.convert_to_cache(field.default(self), self, validate=False),
                    self,
                ),
                self,
            )
            for field in fields_
        }

    def _is_kept_by_server(self, name):
        """Whether it is a stored field of a model of ours that is only to be read.

        Wizards are left out: what they begin with is told them by the page they open on.
        """
        is_ours = self._name.startswith("callcenter.") and not self._transient
        field = is_ours and self._fields.get(name)
        return bool(field and field.store and field.readonly)

    def _is_servers_own(self):
        """Whether the server writes by itself: after a check, or a checked method."""
        return self.env.su or is_in_transition(self.env)

    def _refuse_kept(self, names, operation):
        if self._is_servers_own():
            return
        if kept := [one for one in names if self._is_kept_by_server(one)]:
            self.check_access(operation)
            self._refuse_by_hand(kept)

    def _get_settled_values(self, names):
        """``{(record, field): value}`` of what is settled and about to be written."""
        settled = [name for name in self._settled_fields if name in names]
        if not settled or self._is_servers_own():
            return {}
        return {(record, name): record[name] for record in self for name in settled}

    def _refuse_unsettled(self, before):
        self._refuse_by_hand(
            {name for (record, name), value in before.items() if record[name] != value}
        )

    def _refuse_by_hand(self, names):
        """
        :raise UserError: there are ``names``, fields that no hand may set
        """
        if names:
            labels = [
                self._fields[name]._description_string(self.env)
                for name in sorted(names)
            ]
            raise UserError(
                self.env._(
                    "%(fields)s cannot be set by hand: use the buttons of the form.",
                    fields=", ".join(labels),
                )
            )
