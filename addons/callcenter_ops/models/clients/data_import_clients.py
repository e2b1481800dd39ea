from odoo import Command, models
from odoo.tools import plaintext2html

from ...tools.clients.client_rows import parse_client
from ...tools.imports.row_problems import Problem

_COPIED = ("name", "is_company", "function", "ref", "city", "street", "zip", "website")
_RENAMED = {
    "email": "email",
    "vat": "vat",
    "phone_display": "phone",
    "extension": "callcenter_phone_extension",
    "other_phones": "callcenter_other_phones",
}
# What a person typed is never replaced by a file, only filled in.
_NEVER_OVERWRITTEN = ("comment", "is_company", "category_id")


class DataImportClients(models.AbstractModel):
    """Lines of a client base become partners, found by code, tax number and phone."""

    _name = "callcenter.data.import.clients"
    _description = "Loader of clients"
    _inherit = "callcenter.data.import.loader"

    _load_model = "res.partner"

    def _parse_row(self, record, row, cells):
        return parse_client(row.line, cells)

    def _get_keys(self, values):
        return [
            (field, values[target])
            for field, target in (
                ("ref", "ref"),
                ("vat", "vat"),
                ("phone_sanitized", "phone"),
            )
            if values.get(target)
        ]

    def _find_records(self, record, keys):
        found = {}
        for field in ("ref", "vat", "phone_sanitized"):
            values = [value for kind, value in keys if kind == field]
            for partner in self._search_by_keys(record, field, values):
                key = (field, partner[field])
                # A contact shares the tax number of his company: the company counts.
                if key not in found or not partner.parent_id:
                    found[key] = partner
        return found

    def _find_conflict(self, values, existing):
        vat = values.get("vat")
        if vat and existing.vat and existing.vat != vat:
            return Problem(
                "other_vat", value=f"{existing.display_name}, {existing.vat}"
            )
        return None

    def _resolve_names(self, record, rows, dry_run):
        countries = self._get_countries()
        states = self._get_states()
        tags = {} if dry_run else self._get_tags(rows)
        for row in rows:
            values = row.values
            stated = values.get("country", "").lower()
            values["country_id"] = countries.get(values.get("country_code") or stated)
            values["state_id"] = states.get(values.get("state_code"))
            values["tag_id"] = tags.get(values.get("tag"))
            if stated and not values["country_id"]:
                row.add("unknown_country", "country", stated, blocking=False)

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

    def _prepare_values(self, record, parsed):
        values = parsed.values
        prepared = {name: values[name] for name in _COPIED if values.get(name)}
        prepared |= {
            field: values[target]
            for target, field in _RENAMED.items()
            if values.get(target)
        }
        prepared |= {
            name: values[name] for name in ("country_id", "state_id") if values[name]
        }
        if values.get("is_company"):
            prepared.pop("function", None)
        if values.get("comment"):
            prepared["comment"] = plaintext2html(values["comment"])
        if values.get("tag_id"):
            prepared["category_id"] = [Command.link(values["tag_id"])]
        return prepared

    def _prepare_creation(self, record, parsed):
        values = self._prepare_values(record, parsed)
        return values | {"company_id": record.company_id.id}

    def _prepare_update(self, existing, values, overwrite):
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
        if name in ("country_id", "state_id"):
            return existing[name].id != value
        return existing[name] != value

    def _create_records(self, plans):
        # No line has a parent or children: there is nothing to synchronise, which
        # is most of what creating a partner costs.
        loader = self.with_context(_partners_skip_fields_sync=True)
        return super(DataImportClients, loader)._create_records(plans)

    def _load_details(self, record, plans):
        """The contact persons of companies, each name once under his company."""
        wanted = {}
        for plan in plans:
            values = plan["parsed"].values
            company = (plan["first"] or plan)["existing"]
            if values.get("contact_name") and company:
                wanted.setdefault((company, values["contact_name"]), values)
        companies = self.env["res.partner"].union(*(key[0] for key in wanted))
        known = {(child.parent_id, child.name) for child in companies.child_ids}
        contacts = [
            self._prepare_contact(company, name, values)
            for (company, name), values in wanted.items()
            if (company, name) not in known
        ]
        # The values taken over from the company are among those prepared.
        partners = self.env["res.partner"].with_context(_partners_skip_fields_sync=True)
        partners.create(contacts)

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
