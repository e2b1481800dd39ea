from odoo import models

from ...tools.debts.debt_rows import parse_debt
from ...tools.imports.row_problems import Problem

_PARTNER_KEYS = (("ref", "ref"), ("vat", "vat"), ("phone", "phone_sanitized"))


class DataImportDebts(models.AbstractModel):
    """Lines of a file of debts, each found by its document and laid to its client."""

    _name = "callcenter.data.import.debts"
    _description = "Loader of debts"
    _inherit = "callcenter.data.import.loader"

    _load_model = "callcenter.debt"

    def _parse_row(self, record, row, cells):
        parsed = parse_debt(row.line, cells)
        parsed.values.setdefault("name", parsed.values.get("number", ""))
        return parsed

    def _get_keys(self, values):
        return [("number", values["number"])]

    def _find_records(self, record, keys):
        numbers = [number for _kind, number in keys]
        debts = self._search_by_keys(record, "name", numbers)
        return {("number", debt.name): debt for debt in debts}

    def _get_company_domain(self, record):
        return [("company_id", "=", record.company_id.id)]

    def _match_plans(self, record, plans):
        """Lay each line to its client first: without one there is no debt."""
        found = self._find_clients(record, plans)
        for plan in plans:
            values = plan["parsed"].values
            clients = self.env["res.partner"].union(
                *(
                    found.get((target, values.get(target)))
                    for target, _ in _PARTNER_KEYS
                    if found.get((target, values.get(target)))
                )
            )
            self._lay_to_client(plan, clients)
        return super()._match_plans(record, [plan for plan in plans if plan["good"]])

    def _lay_to_client(self, plan, clients):
        if len(clients) == 1:
            plan["parsed"].values["partner_id"] = clients.id
            return
        code = "several" if clients else "unknown_client"
        names = ", ".join(clients.mapped("display_name"))
        plan["parsed"].problems.append(Problem(code, value=names[:200]))
        plan["good"] = False

    def _find_clients(self, record, plans):
        """``{(target, value): client}``, one query for each kind of key."""
        found = {}
        for target, field in _PARTNER_KEYS:
            values = {plan["parsed"].values.get(target) for plan in plans} - {None}
            clients = self.env["res.partner"].search(
                [
                    (field, "in", list(values)),
                    ("company_id", "in", (False, record.company_id.id)),
                ],
                order="id desc",
            )
            for client in clients:
                key = (target, client[field])
                # A contact shares the tax number of his company: the company owes.
                if key not in found or not client.parent_id:
                    found[key] = client
        return found

    def _find_conflict(self, values, existing):
        if existing.partner_id.id != values["partner_id"]:
            return Problem("other_client", value=existing.partner_id.display_name)
        return None

    def _prepare_values(self, record, parsed):
        values = parsed.values
        prepared = {
            "name": values["number"],
            "partner_id": values["partner_id"],
            "amount": float(values["amount"]),
            "date_due": values["date_due"],
        }
        return prepared | {
            name: values[name] for name in ("comment",) if values.get(name)
        }

    def _prepare_creation(self, record, parsed):
        return self._prepare_values(record, parsed) | {
            "company_id": record.company_id.id
        }

    def _prepare_update(self, existing, values, overwrite):
        return {
            name: value
            for name, value in values.items()
            if name != "partner_id"
            and (overwrite or not existing[name])
            and existing[name] != value
        }
