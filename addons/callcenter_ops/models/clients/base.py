from itertools import chain

from odoo import api, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, OrderedSet, Query

from ...tools.clients.phone_parse import has_false_digits
from .named_clients import NamedClients

# What an operator of a domain takes as several values.
_COLLECTIONS = (list, tuple, set, frozenset, OrderedSet)
_LINKS = ("many2one", "many2many", "reference", "many2one_reference")
_POSITIVE = {
    "!=": "=",
    "not in": "in",
    "not like": "like",
    "not ilike": "ilike",
    "not =like": "=like",
    "not =ilike": "=ilike",
}
# Their partners are the company's own, its people's and its suppliers'.
_NO_CLIENTS = (
    "res.company",
    "res.groups",
    "res.currency",
    "res.country",
    "maintenance.equipment",
)


class Base(models.AbstractModel):
    """Nobody names or seeks out a client whom he may not read, in no record at all.

    Values are looked at before they are used, and the records that came of them
    afterwards: Odoo takes an id in more shapes than can be listed.
    """

    _inherit = "base"

    def _phone_format_number(self, number, *args, raise_exception=False, **kwargs):
        """A number with letters among its digits is none, whoever typed it."""
        if number and has_false_digits(number):
            if raise_exception:
                raise UserError(
                    self.env._(
                        "Letters stand among the digits of “%(number)s”.",
                        number=number,
                    )
                )
            return False
        return super()._phone_format_number(
            number, *args, raise_exception=raise_exception, **kwargs
        )

    @api.model_create_multi
    def create(self, vals_list):
        clients = self._get_named_clients()
        if not clients:
            return super().create(vals_list)
        clients.check_values(self, *vals_list)
        records = super().create(vals_list)
        names = {*self._get_links_to_clients(), *chain.from_iterable(vals_list)}
        clients.check(clients.see(records, names))
        return records

    def write(self, vals):
        clients = self._get_named_clients()
        if not clients:
            return super().write(vals)
        clients.check_values(self, vals)
        names = {*self._get_links_to_clients(), *vals}
        before = clients.see(self, names)
        result = super().write(vals)
        clients.check(clients.see(self, names), before)
        return result

    def onchange(self, values, field_names, fields_spec):
        clients = self._get_named_clients()
        if not clients:
            return super().onchange(values, field_names, fields_spec)
        clients.check_values(self, values)
        before = clients.see(self, {*values, *fields_spec})
        result = super().onchange(values, field_names, fields_spec)
        made = clients.find(self, result.get("value") or {})
        clients.check(made, before)
        return result

    def _load_records(self, data_list, update=False):
        if self._get_named_clients():
            self._check_external_ids(
                [data["xml_id"] for data in data_list if data.get("xml_id")]
            )
        return super()._load_records(data_list, update)

    def _check_external_ids(self, xmlids):
        """Refuse external ids of others and new ones in the same words.

        Files of clients carry their numbers as external ids, so whether one is taken
        tells who is a client; a new one in the name of an addon waits for its upgrade.
        """
        # sudo: what is found is asked for by the rights of the user
        known = self.env["ir.model.data"].sudo()
        for xmlid in xmlids:
            model, id_ = known._xmlid_to_res_model_res_id(xmlid)
            record = self.browse(id_ if model == self._name else ()).exists()
            if not (record and record.has_access("read")):
                raise AccessError(
                    self.env._(
                        "You have no record with the external id “%(id)s”. New "
                        "external ids are given by an administrator.",
                        id=xmlid,
                    )
                )

    def _update_cache(self, values, validate=True):
        """Here values become a record that is not in the database, of a form or a line.

        Stored defaults are among them; nothing has been worked out from them yet.
        """
        done = super()._update_cache(values, validate)
        clients = not all(self._ids) and values and self._get_named_clients()
        if clients:
            origin = clients.see(self._origin, values)
            clients.check(clients.see(self, values), origin)
        return done

    def _search(self, domain, *args, **kwargs):
        if self._get_named_clients():
            domain = self._close_oracles(domain)
        return super()._search(domain, *args, **kwargs)

    def _close_oracles(self, domain):
        """The domain, its conditions on clients asked by the rights of the user.

        The search of a field that is not stored may run in superuser mode: it would
        answer questions about clients whom the user does not see.
        """
        return Domain(domain).map_conditions(self._close_oracle)

    def _close_oracle(self, condition):
        name, _dot, rest = condition.field_expr.partition(".")
        field = self._fields.get(name)
        if not (field and field.relational):
            return condition
        asked = self._get_asked(condition, rest)
        # Names behind a stored link Odoo looks up by the rights of the user.
        is_name = not rest and condition.operator not in ("any", "not any")
        if asked is None or (is_name and field.store):
            return condition
        comodel = self.env[field.comodel_name]
        asked = comodel._close_oracles(asked)
        is_negative = not rest and condition.operator.startswith(("not", "!"))
        if field.store or not self._is_of_clients(field):
            return Domain(name, "not any" if is_negative else "any", asked)
        found = comodel.with_context(**field.context).search(asked).ids
        return Domain(name, "not in" if is_negative else "in", found)

    def _is_of_clients(self, field):
        return field.comodel_name in self.env["base"]._get_models_of_clients()

    def _get_asked(self, condition, rest):
        """What is asked of the records behind a link; None where only their id is."""
        operator, value = condition.operator, condition.value
        if rest:
            return Domain(rest, operator, value)
        if isinstance(value, (SQL, Query)):
            return None
        if operator in ("any", "not any"):
            return Domain(value)
        return self._get_asked_names(operator, value)

    def _get_asked_names(self, operator, value):
        if isinstance(value, str):
            return Domain("display_name", _POSITIVE.get(operator, operator), value)
        if isinstance(value, _COLLECTIONS) and any(map(_is_text, value)):
            names = Domain("display_name", "in", list(filter(_is_text, value)))
            return names | Domain("id", "in", [v for v in value if not _is_text(v)])
        return None

    def _get_named_clients(self):
        """The guard of the client base; None for whoever sees all of it."""
        if self.env.su or not self.env.uid:
            return None
        if not self.env.user._has_closed_client_base():
            return None
        return NamedClients(self.env)

    @api.model
    @tools.ormcache()
    def _get_models_of_clients(self):
        """Models that tell who the company's clients are: all that link to partners."""
        return frozenset(
            name
            for name, model in self.env.registry.items()
            if name == "res.partner"
            or (
                not model._abstract
                and not name.startswith("hr.")
                and name not in _NO_CLIENTS
                and any(map(_is_link_to_partner, model._fields.values()))
            )
        )

    @api.model
    @tools.ormcache("self._name")
    def _get_links_to_clients(self):
        """Names of the stored fields that may hold a client, or who tells of one."""
        closed = self.env["base"]._get_models_of_clients()
        return tuple(
            name
            for name, field in self._fields.items()
            if field.store
            and field.type in _LINKS
            and (field.comodel_name in closed or not field.comodel_name)
        )

    @api.model
    def _resolve_named_clients(self, named):
        """The same ids by model, those that users may never read by their clients'.

        Higher rooms know such models.
        """
        return named


def _is_text(value):
    return isinstance(value, str)


def _is_link_to_partner(field):
    return field.store and field.comodel_name == "res.partner"
