from collections import defaultdict

from ...tools.clients.named_records import named_records, read_ids

_BARE_IDS = ("reference", "many2one_reference")


class NamedClients:
    """Looks which clients the values and the records of a user name.

    Odoo shows the name behind a link to whoever may read the record that holds it, and
    a form works out telephone and mail of whom is put into it; so a link to a client,
    made up by number, would tell who he is.

    :param env: of a user to whom the client base is closed
    """

    def __init__(self, env):
        self.env = env
        self.closed = env["base"]._get_models_of_clients()

    def check_values(self, model, *vals_list):
        """Refuse what ``vals_list`` and the defaults of the context link to.

        :raise AccessError: a record is among it that the user may not read
        """
        self.check(self.find(model, *vals_list, self._get_context_defaults()))

    def check(self, named, known=None):
        """Refuse records that the user may not read.

        :param named: ids by model, as of ``see``
        :param known: the same, of links that were there before
        """
        known = known or {}
        for model, ids in self.env["base"]._resolve_named_clients(named).items():
            records = self.env[model].browse(set(ids) - set(known.get(model, ())))
            if model == "res.partner":
                records -= self.env.user.partner_id
            # Who names a number that nobody has learns nothing.
            records = records.exists()
            if records:
                records.check_access("read")

    def find(self, model, *vals_list):
        """Ids by model that values as of ``create`` and ``onchange`` link to."""
        found = defaultdict(set)
        for vals in vals_list:
            for comodel, id_ in named_records(model, vals):
                if comodel in self.closed:
                    found[comodel].add(id_)
        return found

    def see(self, records, names):
        """Ids by model that the fields ``names`` of ``records`` link to now."""
        found = defaultdict(set)
        links = [field for field in map(records._fields.get, names) if field]
        links = [field for field in links if self._is_link(field)]
        # sudo: what is seen here is checked by the user's own rights
        for record in records.sudo() if links else ():
            for field in links:
                model, ids = _get_linked(record, field)
                if model in self.closed:
                    found[model].update(ids)
        return found

    def _is_link(self, field):
        return field.type in _BARE_IDS or field.comodel_name in self.closed

    def _get_context_defaults(self):
        return {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        }


def _get_linked(record, field):
    value = record[field.name]
    if field.type == "many2one_reference":
        return record[field.model_field], read_ids(value or ())
    return (value._name, read_ids(value._origin.ids)) if value else ("", [])
