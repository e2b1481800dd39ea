from odoo import Command
from odoo.tools import plaintext2html

from ...tools.clients.client_rows import parse_client
from ...tools.imports.row_problems import Problem
from ..imports.import_kind import ImportKind

# Field that finds a client -> the target with its value, the strongest first.
_KEYS = {"ref": "ref", "vat": "vat", "phone_sanitized": "phone"}
_COPIED = ("name", "is_company", "function", "ref", "city", "street", "zip", "website")
_RENAMED = {
    "email": "email",
    "vat": "vat",
    "phone_display": "phone",
    "extension": "callcenter_phone_extension",
    "other_phones": "callcenter_other_phones",
    "last_purchase": "callcenter_last_purchase",
}
# What a person typed is never replaced by a file, only filled in.
_NEVER_OVERWRITTEN = ("comment", "is_company", "category_id")


def get_phone_messages(env):
    """Words for the faults of ``tools.clients.phone_parse``, by code."""
    return {
        "phone_no_city_code": env._(
            "The number “%(value)s” has no city code: write it in full."
        ),
        "phone_spoilt": env._(
            "A spreadsheet has rounded the number “%(value)s”: format the column"
            " as text and fill it in again."
        ),
        "phone_no_digits": env._("“%(value)s” is no telephone number."),
        "phone_too_long": env._("“%(value)s…” is too long for a telephone number."),
        "phone_invalid": env._("No such telephone number can exist: “%(value)s”."),
    }


class ClientImport(ImportKind):
    """Lines of a client base become partners, found by code, tax number and phone."""

    groups = ("callcenter_ops.group_supervisor", "callcenter_ops.group_manager")
    model = "res.partner"
    required = (("name", "contact_name", "surname", "given_name"), ("phone", "vat"))
    key_fields = _KEYS
    joined = {"name": " ", "street": ", ", "phone_other": "; ", "comment": "\n"}
    is_undoable = True
    header_words = (
        (
            "contact_name",
            "контактное лицо|^контакт$|лпр|представитель|contact (?:person|name)"
            "|^contact$",
        ),
        ("surname", "фамилия|surname|last name|family name"),
        ("patronymic", "отчество|patronymic|middle name|additional name"),
        ("given_name", "^имя$|first name|given name"),
        ("responsible", "ответствен|менеджер|куратор|responsible|salesperson|manager"),
        ("last_purchase", "посл.*(?:покупк|заказ|продаж)|last (?:purchase|order|sale)"),
        ("function", "должность|position|function|job"),
        ("phone_other", "доп.*тел|второй тел|тел.* 2|phone ?2|other phone|мобильный 2"),
        ("email", "e-?mail|эл.*почт|почта|электронн"),
        ("vat", r"инн\b|\bvat\b|tax|налог"),
        (
            "ref",
            "код клиента|внешний код|external|код контрагента|^код$|reference|^id$",
        ),
        ("phone", "тел|моб|сотов|phone|mobile|номер"),
        ("country", "стран|country"),
        ("region", "регион|област|край|субъект|region|state|province"),
        ("city", "город|нас.*пункт|city|town"),
        ("zip", r"индекс|\bzip\b|postal"),
        ("street", "адрес|улиц|street|address"),
        ("website", "сайт|web|url"),
        ("tag", "тип клиента|категор|сегмент|групп|tag|segment|category"),
        ("comment", "коммент|примеч|замет|comment|note"),
        (
            "name",
            "наимен|название|клиент|контрагент|компани|организац|фио|имя|name|client",
        ),
    )
    existing_policy = "fill"

    def get_label(self):
        return self.env._("Clients")

    def get_targets(self):
        return {
            "name": self.env._("Name"),
            "contact_name": self.env._("Contact person"),
            "function": self.env._("Job position"),
            "phone": self.env._("Phone"),
            "phone_other": self.env._("Other phone"),
            "email": self.env._("Email"),
            "vat": self.env._("Tax number"),
            "ref": self.env._("External code"),
            "country": self.env._("Country"),
            "region": self.env._("Region"),
            "city": self.env._("City"),
            "street": self.env._("Street"),
            "zip": self.env._("ZIP"),
            "website": self.env._("Website"),
            "tag": self.env._("Tag"),
            "comment": self.env._("Comment"),
            "surname": self.env._("Surname"),
            "given_name": self.env._("Given name"),
            "patronymic": self.env._("Patronymic"),
            "responsible": self.env._("Responsible person"),
            "last_purchase": self.env._("Last purchase"),
        }

    def guess_targets(self, headers):
        """A column “Имя” is the whole name, unless surnames stand beside it."""
        targets = super().guess_targets(headers)
        if "given_name" in targets and not {"surname", "name"} & set(targets):
            targets[targets.index("given_name")] = "name"
        return targets

    def get_messages(self):
        return (
            super().get_messages()
            | get_phone_messages(self.env)
            | {
                "no_key": self.env._("Neither a telephone nor a tax number is given."),
                "bad_email": self.env._(
                    "“%(value)s” is no e-mail address: left empty."
                ),
                "unknown_region": self.env._(
                    "No region is called “%(value)s”: left empty."
                ),
                "unknown_country": self.env._(
                    "No country is called “%(value)s”: left empty."
                ),
                "unknown_responsible": self.env._(
                    "Nobody who works here is called “%(value)s”: left empty."
                ),
                "bad_date": self.env._("“%(value)s” is no day."),
                "other_vat": self.env._("The tax number is another one: %(value)s."),
            }
        )

    def parse_row(self, row, cells):
        return parse_client(row.line, cells)

    def get_keys(self, values):
        return [
            (field, values[target])
            for field, target in _KEYS.items()
            if values.get(target)
        ]

    def find_records(self, keys):
        found = {}
        for field in _KEYS:
            values = [value for kind, value in keys if kind == field]
            for partner in self.search_by_keys(field, values):
                key = (field, partner[field])
                # A contact shares the tax number of his company: the company counts.
                if key not in found or not partner.parent_id:
                    found[key] = partner
        return found

    def find_doubt(self, values, matches):
        """As of every kind; and one code with two tax numbers is a doubt too."""
        doubt = super().find_doubt(values, matches)
        if doubt or not matches:
            return doubt
        known = self.get_key_value(matches[0][1], "vat")
        if values.get("vat") and known and known != values["vat"]:
            name = self.get_match_name(matches[0][1])
            return Problem("other_vat", value=f"{name}, {known}")
        return None

    def resolve_names(self, rows, dry_run):
        countries = self._get_countries()
        states = self._get_states()
        tags = {} if dry_run else self._get_tags(rows)
        users = self._get_users(rows)
        for row in rows:
            values = row.values
            stated = values.get("country", "").lower()
            values["country_id"] = countries.get(values.get("country_code") or stated)
            values["state_id"] = states.get(values.get("state_code"))
            values["tag_id"] = tags.get(values.get("tag"))
            values["user_id"] = users.get(values.get("responsible", "").lower())
            if values.get("responsible") and not values["user_id"]:
                stated_name = values["responsible"]
                row.add("unknown_responsible", "responsible", stated_name, False)
            if stated and not values["country_id"]:
                row.add("unknown_country", "country", stated, blocking=False)

    def _get_users(self, rows):
        """``{name, login or address in small letters: id}`` of who works here.

        A name that two people have names nobody.
        """
        if not any(row.values.get("responsible") for row in rows):
            return {}
        company = self.record.company_id
        people = self.env["res.users"].search(
            [("share", "=", False), ("company_ids", "in", company.ids)]
        )
        found = {}
        for user in people:
            for text in {user.name, user.login, user.email or user.login}:
                found.setdefault(text.lower(), set()).add(user.id)
        return {text: min(ids) for text, ids in found.items() if len(ids) == 1}

    def _get_countries(self):
        """``{code or name in any installed language: id}``."""
        found = {}
        for code, _name in self.env["res.lang"].get_installed():
            countries = self.env["res.country"].with_context(lang=code)
            for country in countries.search_fetch([], ["code", "name"]):
                found[country.code] = found[country.name.lower()] = country.id
        return found

    def _get_states(self):
        states = self.env["res.country.state"].search([("country_id.code", "=", "RU")])
        return {state.code: state.id for state in states}

    def _get_tags(self, rows):
        """Tags by name, the missing ones made."""
        names = {row.values["tag"] for row in rows if row.values.get("tag")}
        tags = self.env["res.partner.category"]
        found = {tag.name: tag.id for tag in tags.search([("name", "in", list(names))])}
        missing = sorted(names - set(found))
        created = tags.create([{"name": name} for name in missing])
        return found | dict(zip(missing, created.ids, strict=True))

    def prepare_values(self, values):
        prepared = {name: values[name] for name in _COPIED if values.get(name)}
        prepared |= {
            field: values[target]
            for target, field in _RENAMED.items()
            if values.get(target)
        }
        prepared |= {
            name: values[name]
            for name in ("country_id", "state_id", "user_id")
            if values[name]
        }
        if values.get("is_company"):
            prepared.pop("function", None)
        if values.get("comment"):
            prepared["comment"] = plaintext2html(values["comment"])
        if values.get("tag_id"):
            prepared["category_id"] = [Command.link(values["tag_id"])]
        return prepared

    def prepare_creation(self, values):
        owner = {
            "company_id": self.record.company_id.id,
            "callcenter_import_id": self.record.id,
        }
        return self.prepare_values(values) | owner

    def prepare_update(self, existing, values, overwrite):
        changes = {}
        for name, value in values.items():
            replace = overwrite and name not in _NEVER_OVERWRITTEN
            if (replace or not existing[name]) and self._differs(existing, name, value):
                changes[name] = value
        return changes

    def _differs(self, existing, name, value):
        """Another spelling of the same number is no change."""
        if name == "phone":
            number = existing._phone_format(number=value)
            return number != existing.phone_sanitized
        if name in ("country_id", "state_id", "user_id"):
            return existing[name].id != value
        return existing[name] != value

    def create_records(self, vals_list):
        # No line has a parent or children: there is nothing to synchronise, which
        # is most of what creating a partner costs.
        partners = self.env[self.model].with_context(_partners_skip_fields_sync=True)
        return partners.create(vals_list)

    def load_details(self, lines):
        """The contact persons of companies, each name once under his company."""
        wanted = {}
        for line in lines:
            name = line.values.get("contact_name")
            if name and line.record:
                wanted.setdefault((line.record, name), line)
        companies = self.env["res.partner"].union(*(key[0] for key in wanted))
        known = {(child.parent_id, child.name) for child in companies.child_ids}
        missing = {key: line for key, line in wanted.items() if key not in known}
        contacts = [
            self._prepare_contact(company, name, line.values)
            for (company, name), line in missing.items()
        ]
        # The values taken over from the company are among those prepared.
        partners = self.env["res.partner"].with_context(_partners_skip_fields_sync=True)
        made = partners.create(contacts)
        for line, contact in zip(missing.values(), made, strict=True):
            line.made.append(contact)
            line.outcome = line.outcome.replace("unchanged", "updated")

    def _prepare_contact(self, company, name, values):
        inherited = company._get_commercial_values() | company._get_address_values()
        return inherited | {
            "name": name,
            "parent_id": company.id,
            "company_id": company.company_id.id,
            "type": "contact",
            "lang": company.lang,
            "function": values.get("function", False),
        }
