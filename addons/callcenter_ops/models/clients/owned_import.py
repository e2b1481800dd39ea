from odoo.tools import SQL

from ...tools.imports.row_problems import Problem
from ..imports.import_kind import ImportKind

# Target of a line -> field of the client that it finds him by.
_PARTNER_KEYS = {"ref": "ref", "vat": "vat", "phone": "phone_sanitized"}


class OwnedImport(ImportKind):
    """Lines that belong to clients who are there already, found by code, tax number
    or any of their telephone numbers.
    """

    # Words of the columns that say whose the line is; the name is asked last, for its
    # words are among those of other columns.
    owner_words = (
        ("vat", r"инн\b|\bvat\b|tax"),
        ("ref", "код клиента|внешний код|код контрагента|external|reference"),
        ("phone", "тел|моб|сотов|phone|mobile"),
    )
    name_words = (("name", "клиент|наимен|фио|имя|name|client"),)
    # Whether a line without a known client is bad.
    needs_client = True

    def get_owner_targets(self):
        return {
            "ref": self.env._("External code"),
            "vat": self.env._("Tax number"),
            "phone": self.env._("Phone"),
            "name": self.env._("Name"),
        }

    def resolve_owners(self, lines):
        """Lay each line to its client, as ``partner_id`` of its values."""
        found = self._find_clients(lines)
        for line in lines:
            keys = [(target, line.values.get(target)) for target in _PARTNER_KEYS]
            clients = self.env["res.partner"].union(
                *(found[key] for key in keys if key in found)
            )
            self._lay_to_client(line, clients)
            self._complete_line(line)

    def _complete_line(self, line):
        """What a kind adds to a line that knows its client, or has none."""

    def _find_clients(self, lines):
        """``{(target, value): client}``, one query for each kind of key."""
        wanted = {
            target: {line.values.get(target) for line in lines} - {None}
            for target in _PARTNER_KEYS
        }
        found = self._find_by_other_phones(wanted["phone"])
        for target, field in _PARTNER_KEYS.items():
            clients = self._search_clients([(field, "in", list(wanted[target]))])
            for client in clients:
                key = (target, client[field])
                # A contact shares the tax number of his company: the company counts.
                if key not in found or not client.parent_id:
                    found[key] = client
        return found

    def _find_by_other_phones(self, numbers):
        if not numbers:
            return {}
        listed = SQL(
            "SELECT id FROM res_partner WHERE callcenter_other_phones IS NOT NULL AND"
            " string_to_array(replace(callcenter_other_phones, ' ', ''), ',') && %s",
            list(numbers),
        )
        self.env["res.partner"].flush_model(["callcenter_other_phones"])
        ids = [id_ for (id_,) in self.env.execute_query(listed)]
        return {
            ("phone", number): client
            for client in self._search_clients([("id", "in", ids)])
            for number in client._get_callcenter_numbers()
            if number in numbers
        }

    def _search_clients(self, domain):
        return self.env["res.partner"].search(
            [*domain, *self.get_company_domain()], order="id desc"
        )

    def _lay_to_client(self, line, clients):
        if len(clients) == 1:
            line.values["partner_id"] = clients.id
        elif clients:
            names = ", ".join(clients.mapped("display_name"))
            line.refuse(Problem("several", value=names[:200]))
        elif self.needs_client:
            line.refuse(Problem("unknown_client"))
